package io.github.falcogateway.sink;

import io.github.falcogateway.journal.Limit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * How much of what comes live a sink may hold while it is busy: what all sinks have together is bounded, however many they
 * are. A sink that has more before it reads it from the journal and routes it anew, which costs more than half of all that is
 * done for an event, so that under a flood it never comes back to what is live. Thread-safe.
 *
 * @param bytes what all may have of events in their kept form; decoded, an event takes two or three times that
 * @param sinks how many there are now
 */
public record LiveShare(long bytes, IntSupplier sinks) implements Supplier<Limit> {

    private static final int SHARE_OF_HEAP = 8;
    private static final long LEAST_EACH = 1 << 20;
    /** The events of a commit of several large bodies, and of the next one. */
    private static final long MOST_EACH = 8 << 20;
    /** Decoded, an event takes space however short it is. */
    private static final int LEAST_BYTES = 1024;

    /** The share of each of so many sinks in the heap there is. */
    public static LiveShare of(IntSupplier sinks) {
        return new LiveShare(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP, sinks);
    }

    /** What one sink may hold now. */
    @Override
    public Limit get() {
        long each = Math.max(LEAST_EACH, Math.min(MOST_EACH, bytes / Math.max(1, sinks.getAsInt())));
        return new Limit((int) (each / LEAST_BYTES), each);
    }
}
