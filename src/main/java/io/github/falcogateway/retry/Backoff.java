package io.github.falcogateway.retry;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait after the n-th fault in a row: capped exponential backoff with full jitter, so that many do not come back
 * at once. Confined to one event loop.
 *
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Full jitter</a>
 */
public final class Backoff {

    private static final int MAX_DOUBLINGS = 30;

    private final Duration min;
    private final Duration max;
    private int faults;

    /**
     * No faults yet.
     *
     * @param min the longest wait after the first fault
     * @param max the longest wait after many
     */
    public Backoff(Duration min, Duration max) {
        this.min = min;
        this.max = max;
    }

    /** One more fault: the milliseconds to wait now, at least 1. */
    public long next() {
        long ceiling = Math.max(1, Math.min(max.toMillis(), min.toMillis() << faults));
        faults = Math.min(faults + 1, MAX_DOUBLINGS);
        return 1 + ThreadLocalRandom.current().nextLong(ceiling);
    }

    /** How many faults came in a row. */
    public int faults() {
        return faults;
    }

    /** It worked. */
    public void reset() {
        faults = 0;
    }
}
