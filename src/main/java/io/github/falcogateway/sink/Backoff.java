package io.github.falcogateway.sink;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after the n-th fault in a row: capped exponential backoff with full jitter. Confined to one event
 * loop.
 *
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Full jitter</a>
 */
final class Backoff {

    private static final int MAX_DOUBLINGS = 30;

    private final Duration min;
    private final Duration max;
    private final RandomGenerator random;
    private int faults;

    Backoff(Duration min, Duration max, RandomGenerator random) {
        this.min = min;
        this.max = max;
        this.random = random;
    }

    /** One more fault: the milliseconds to wait now, at least 1. */
    long next() {
        long ceiling = Math.min(max.toMillis(), min.toMillis() << Math.min(faults, MAX_DOUBLINGS));
        faults = Math.min(faults + 1, MAX_DOUBLINGS);
        return Math.max(1, random.nextLong(Math.max(1, ceiling) + 1));
    }

    /** How many faults came in a row. */
    int faults() {
        return faults;
    }

    /** A delivery succeeded. */
    void reset() {
        faults = 0;
    }
}
