package io.github.falcogateway.rule;

import java.util.List;

/**
 * One line of the rule table as written. Immutable.
 *
 * @param name its name, unique in the table
 * @param condition which events it takes, in Falco's condition language
 * @param to the sinks they go to; none drops them
 * @param stop whether no later route is tried for them
 */
public record Route(String name, String description, String condition, List<String> to, boolean stop, boolean enabled) {

    public Route {
        to = List.copyOf(to);
    }
}
