package io.github.falcogateway.rule;

import java.time.Duration;
import java.util.List;

/**
 * Holds a route's events back while something that explains them was seen lately. Immutable.
 *
 * @param when the condition of what explains them, in Falco's condition language
 * @param within how long before it may have been seen
 * @param same the fields whose values both share
 */
public record Inhibit(String when, Duration within, List<String> same) {

    public Inhibit {
        same = List.copyOf(same);
    }
}
