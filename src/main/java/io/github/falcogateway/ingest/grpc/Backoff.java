package io.github.falcogateway.ingest.grpc;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the n-th try in a row: capped exponential backoff with full jitter, so that many gateways do
 * not come back to a Falco at once. Confined to one event loop.
 *
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Full jitter</a>
 */
final class Backoff {

    private static final int MAX_DOUBLINGS = 20;

    private final Duration min;
    private final Duration max;
    private final RandomGenerator random;
    private int tries;

    Backoff(Duration min, Duration max, RandomGenerator random) {
        this.min = min;
        this.max = max;
        this.random = random;
    }

    /** The milliseconds before the next try, at least 1. */
    long next() {
        long ceiling = Math.max(1, Math.min(max.toMillis(), min.toMillis() << tries));
        tries = Math.min(tries + 1, MAX_DOUBLINGS);
        return 1 + random.nextLong(ceiling);
    }

    /** It worked. */
    void reset() {
        tries = 0;
    }
}
