package io.github.falcogateway.rule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the rule table says about one event. Immutable.
 *
 * @param routes the names of the routes that took it, in order
 * @param sinks the sinks it goes to, each with the first route that sends it there; {@code ""} for the default sinks
 * @param unrouted whether no route took it
 */
public record Decision(List<String> routes, Map<String, String> sinks, boolean unrouted) {

    public Decision {
        routes = List.copyOf(routes);
        sinks = Collections.unmodifiableMap(new LinkedHashMap<>(sinks));
    }

    /** The same of an event that this route took after those. */
    Decision and(Route route) {
        List<String> taken = new ArrayList<>(routes);
        taken.add(route.name());
        Map<String, String> to = new LinkedHashMap<>(unrouted ? Map.of() : sinks);
        route.to().forEach(sink -> to.putIfAbsent(sink, route.name()));
        return new Decision(taken, to, false);
    }
}
