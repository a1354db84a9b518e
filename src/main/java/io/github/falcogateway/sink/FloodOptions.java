package io.github.falcogateway.sink;

import io.github.falcogateway.event.Priority;
import java.time.Duration;

/**
 * What is told at once whatever groups and throttles say, and how much of it. Immutable.
 *
 * @param always at or above this priority
 * @param stormMax so many events one by one in each interval; what comes beyond them is told together
 * @param stormInterval how long what is told together waits at most
 */
public record FloodOptions(Priority always, int stormMax, Duration stormInterval) {

    /** Critical, fifty in ten seconds: what Discord shows of them in the messages it takes, ten in each. */
    public static FloodOptions defaults() {
        return new FloodOptions(Priority.CRITICAL, 50, Duration.ofSeconds(10));
    }
}
