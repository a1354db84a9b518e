package io.github.falcogateway.journal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The most that is taken at once. What does not fit ends it: nothing behind that is taken either, so that nobody misses
 * what lies between. One event always fits, however large. Immutable.
 *
 * @param events the most events
 * @param bytes the most bytes of their kept forms together; decoded, an event takes two or three times that
 */
public record Limit(int events, long bytes) {

    private static final long BYTES = 2L << 20;
    private static final int USUAL = 16;

    /** So many events, or 2 MiB of them. */
    public static Limit of(int events) {
        return new Limit(events, BYTES);
    }

    /** This or the other, whichever is more. */
    public Limit or(Limit other) {
        return new Limit(Math.max(events, other.events), Math.max(bytes, other.bytes));
    }

    /** The first ones that fit. */
    public <T> List<T> first(Iterable<T> all, ToIntFunction<T> size) {
        List<T> taken = new ArrayList<>(all instanceof Collection<T> known ? Math.min(events, known.size()) : USUAL);
        long sum = 0;
        for (T one : all) {
            int bytesOfOne = size.applyAsInt(one);
            if (!fits(taken.size(), sum, bytesOfOne)) {
                break;
            }
            taken.add(one);
            sum += bytesOfOne;
        }
        return taken;
    }

    /** Whether one more of this size fits to so many of so many bytes. */
    boolean fits(int count, long sum, int size) {
        return count < events && (count == 0 || sum + size <= bytes);
    }
}
