package io.github.falcogateway.sink.prometheus;

import io.github.falcogateway.event.Priority;
import java.util.List;

/**
 * A rule that may fire: its series starts at 0 on each host before it does. Immutable.
 *
 * @param tags as its events will carry them
 */
public record KnownRule(String name, Priority priority, String source, List<String> tags) {

    public KnownRule {
        tags = List.copyOf(tags);
    }
}
