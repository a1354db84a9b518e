package io.github.falcogateway.rule;

import java.time.Duration;
import java.util.List;

/**
 * How many of a route's events are told one by one. Immutable.
 *
 * @param max so many
 * @param per in so long
 * @param by for each combination of these fields' values; none for the route as a whole
 */
public record Throttle(int max, Duration per, List<String> by) {

    public Throttle {
        by = List.copyOf(by);
    }
}
