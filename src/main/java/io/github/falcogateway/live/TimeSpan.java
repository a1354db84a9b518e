package io.github.falcogateway.live;

import io.github.falcogateway.journal.Tally;
import java.time.Instant;

/**
 * A stretch of time in equal parts. Immutable.
 *
 * @param from its begin, in nanoseconds since 1970
 * @param to its end
 */
record TimeSpan(long from, long to, int parts) {

    /** The part a time is in; the first or last one where it is outside. */
    int part(long nanos) {
        double share = ((double) nanos - from) / Math.max(1, (double) to - from);
        return (int) Math.max(0, Math.min(parts - 1, (long) (share * parts)));
    }

    static long nanos(Instant time) {
        return Tally.nanos(time);
    }

    static Instant time(long nanos) {
        return Tally.time(nanos);
    }
}
