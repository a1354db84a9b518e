package io.github.falcogateway.sink;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A time as microseconds since 1970, for where there are many: a long is no object. */
final class Micros {

    private static final long SECOND = 1_000_000;
    private static final long NANOS = 1000;
    /** The seconds that microseconds in a long reach. */
    private static final long MOST_SECONDS = Long.MAX_VALUE / SECOND - 1;

    private Micros() {}

    /** The microseconds of a time, what is smaller cut off; of one that is out of reach those of the last one that is not. */
    static long of(Instant time) {
        long seconds = Math.max(-MOST_SECONDS, Math.min(MOST_SECONDS, time.getEpochSecond()));
        return seconds * SECOND + time.getNano() / NANOS;
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
