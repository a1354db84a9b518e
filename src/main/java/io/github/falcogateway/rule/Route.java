package io.github.falcogateway.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the rule table as written. Immutable.
 *
 * @param name its name, unique in the table
 * @param condition which events it takes, in Falco's condition language
 * @param to the sinks they go to; none drops them
 * @param stop whether no later route is tried for them
 * @param active when it applies; null for always
 * @param group how its events are put together for people; null for one by one
 * @param throttle how many are told one by one; null for all
 * @param quiet what else holds them back
 */
public record Route(
        String name,
        String description,
        String condition,
        List<String> to,
        boolean stop,
        boolean enabled,
        @Nullable Active active,
        @Nullable Grouping group,
        @Nullable Throttle throttle,
        Quiet quiet) {

    public Route {
        to = List.copyOf(to);
    }

    /** A route that nothing else holds back. */
    public Route(
            String name,
            String description,
            String condition,
            List<String> to,
            boolean stop,
            boolean enabled,
            @Nullable Active active,
            @Nullable Grouping group,
            @Nullable Throttle throttle) {
        this(name, description, condition, to, stop, enabled, active, group, throttle, Quiet.NONE);
    }

    /** A route that always applies and tells events one by one. */
    public static Route of(String name, String condition, List<String> to, boolean stop) {
        return new Route(name, "", condition, to, stop, true, null, null, null);
    }
}
