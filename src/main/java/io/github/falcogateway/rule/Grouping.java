package io.github.falcogateway.rule;

import java.time.Duration;
import java.util.List;

/**
 * How a route's events are put together for people. Immutable.
 *
 * @param by the fields whose values make a group
 * @param groupWait from a group's first event to its first message
 * @param groupInterval from one message to the next while events come; a group that is quiet for so long ends
 * @param repeatInterval how often a group that goes on says how much it was in all, where something new came
 * @param maxGroups the most groups open at once; what comes beyond them shares one
 */
public record Grouping(
        List<String> by, Duration groupWait, Duration groupInterval, Duration repeatInterval, int maxGroups) {

    public Grouping {
        by = List.copyOf(by);
    }

    /** Alertmanager's meanings by rule and host, but quicker: an event is news at once. */
    public static Grouping defaults() {
        return new Grouping(
                List.of("host", "rule"), Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofHours(4), 1000);
    }
}
