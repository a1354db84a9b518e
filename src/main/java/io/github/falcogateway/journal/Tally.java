package io.github.falcogateway.journal;

import java.time.Instant;

/** Counts events of one outline. Confined to one call of {@link History#tally}. */
@FunctionalInterface
public interface Tally {

    /**
     * Counts an event.
     *
     * @param id its place
     * @param nanos its time, since 1970
     */
    void count(long id, long nanos);

    /** The time as counts have it: beyond the years 1678 to 2261 the nearest of these. */
    static long nanos(Instant time) {
        return Outlines.nanos(time);
    }

    /** The time of a count. */
    static Instant time(long nanos) {
        return Outlines.time(nanos);
    }
}
