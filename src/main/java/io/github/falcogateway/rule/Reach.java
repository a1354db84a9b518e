package io.github.falcogateway.rule;

import io.github.falcogateway.filter.Filter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds routes that no event reaches, since an earlier one takes all of theirs and stops. Confined to one compilation. */
final class Reach {

    /** Comparing each with each takes long for a table of many thousands; then only like conditions are found. */
    private static final int MAX_COMPARED = 200_000;

    private final List<RuleTable.Line> stops = new ArrayList<>();
    private final Map<String, String> byText = new HashMap<>();
    private int compared;

    /** The earlier route that takes all events of this one; empty where none does. */
    String taker(Route route, Filter filter) {
        if (!route.enabled()) {
            return "";
        }
        String taker = byText.getOrDefault(filter.text(), "");
        for (int i = 0; i < stops.size() && taker.isEmpty() && compared < MAX_COMPARED; i++) {
            compared++;
            RuleTable.Line before = stops.get(i);
            taker = before.filter().covers(filter) ? before.route().name() : "";
        }
        if (route.stop() && route.active() == null && taker.isEmpty()) {
            stops.add(new RuleTable.Line(route, filter));
            byText.putIfAbsent(filter.text(), route.name());
        }
        return taker;
    }
}
