package io.github.falcogateway.rule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a rule table is made of. Immutable.
 *
 * @param macros a macro's name to its condition, in order
 * @param lists a list's name to its items, in order
 * @param routes in the order in which they are tried
 * @param defaultSinks the sinks for what no route takes
 * @param sinks the sinks there are
 */
public record RuleSet(
        Map<String, String> macros,
        Map<String, List<String>> lists,
        List<Route> routes,
        List<String> defaultSinks,
        Set<String> sinks) {

    public RuleSet {
        macros = new LinkedHashMap<>(macros);
        lists = new LinkedHashMap<>(lists);
        routes = List.copyOf(routes);
        defaultSinks = List.copyOf(defaultSinks);
        sinks = Set.copyOf(sinks);
    }
}
