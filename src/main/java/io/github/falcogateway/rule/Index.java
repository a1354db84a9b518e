package io.github.falcogateway.rule;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.filter.Demand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which routes can take an event at all, by its rule and its priority: most conditions ask for one of them first.
 * Immutable.
 */
final class Index {

    private static final int[] NONE = {};

    private final Map<String, int[]> byRule;
    /** The routes that ask for no rule, by severity. */
    private final int[][] bySeverity;

    private Index(Map<String, int[]> byRule, int[][] bySeverity) {
        this.byRule = byRule;
        this.bySeverity = bySeverity;
    }

    static Index of(List<RuleTable.Line> lines) {
        Map<String, List<Integer>> byRule = new HashMap<>();
        List<List<Integer>> bySeverity = new ArrayList<>();
        for (Priority priority : Priority.values()) {
            bySeverity.add(priority.severity(), new ArrayList<>());
        }
        for (int at = 0; at < lines.size(); at++) {
            if (!lines.get(at).route().enabled()) {
                continue;
            }
            Demand demand = lines.get(at).filter().demand();
            if (demand.rules() != null) {
                for (String rule : demand.rules()) {
                    byRule.computeIfAbsent(rule, name -> new ArrayList<>()).add(at);
                }
                continue;
            }
            for (int severity = 0; severity < bySeverity.size(); severity++) {
                if ((demand.severities() & 1 << severity) != 0) {
                    bySeverity.get(severity).add(at);
                }
            }
        }
        Map<String, int[]> rules = new HashMap<>();
        byRule.forEach((rule, routes) -> rules.put(rule, ints(routes)));
        return new Index(rules, bySeverity.stream().map(Index::ints).toArray(int[][]::new));
    }

    /** The places of the routes that can take the event, in their order. */
    Walk candidates(FalcoEvent event) {
        return new Walk(
                byRule.getOrDefault(event.rule(), NONE),
                bySeverity[event.priority().severity()]);
    }

    private static int[] ints(List<Integer> places) {
        return places.stream().flatMapToInt(IntStream::of).toArray();
    }

    /** Two rising sequences as one. Confined to one match. */
    static final class Walk {

        private final int[] first;
        private final int[] second;
        private int i;
        private int j;

        Walk(int[] first, int[] second) {
            this.first = first;
            this.second = second;
        }

        /** The next place; -1 after the last. */
        int next() {
            if (i < first.length && (j >= second.length || first[i] < second[j])) {
                return first[i++];
            }
            return j < second.length ? second[j++] : -1;
        }
    }
}
