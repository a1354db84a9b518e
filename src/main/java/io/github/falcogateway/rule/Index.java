package io.github.falcogateway.rule;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.FieldValue;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.filter.Demand;
import io.github.falcogateway.filter.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which routes can take an event at all. Most conditions ask for one of a few rules, hosts, programs, namespaces: those
 * are found by that field's value; the others by priority. Immutable.
 */
final class Index {

    /** A field of fewer routes is not worth its lookup. */
    private static final int FEWEST = 4;

    private static final int[] NONE = {};

    /** The routes that ask for one field. Immutable. */
    private record ByField(int slot, Map<String, int[]> routes, int[] all) {

        int[] of(Subject subject) {
            FieldValue value = subject.value(slot);
            if (value == null) {
                return NONE;
            }
            // Of a list each item may be what is asked for.
            return value instanceof FieldValue.Array ? all : routes.getOrDefault(value.text(), NONE);
        }
    }

    private final List<ByField> byField;
    /** The routes that ask for no such field, by severity. */
    private final int[][] bySeverity;

    private Index(List<ByField> byField, int[][] bySeverity) {
        this.byField = List.copyOf(byField);
        this.bySeverity = bySeverity;
    }

    static Index of(List<RuleTable.Line> lines) {
        List<Demand> demands =
                lines.stream().map(line -> line.filter().demand()).toList();
        Map<Integer, List<Integer>> bySlot = new HashMap<>();
        List<Integer> others = new ArrayList<>();
        for (int at = 0; at < lines.size(); at++) {
            if (lines.get(at).route().enabled()) {
                bySlot.computeIfAbsent(demands.get(at).slot(), slot -> new ArrayList<>())
                        .add(at);
            }
        }
        List<ByField> byField = new ArrayList<>();
        bySlot.forEach((slot, routes) -> {
            if (slot < 0 || routes.size() < FEWEST) {
                others.addAll(routes);
            } else {
                byField.add(byField(slot, routes, demands));
            }
        });
        others.sort(null);
        int[][] bySeverity = new int[Priority.values().length][];
        for (int severity = 0; severity < bySeverity.length; severity++) {
            int bit = 1 << severity;
            bySeverity[severity] = ints(others.stream()
                    .filter(at -> (demands.get(at).severities() & bit) != 0)
                    .toList());
        }
        return new Index(byField, bySeverity);
    }

    private static ByField byField(int slot, List<Integer> routes, List<Demand> demands) {
        Map<String, List<Integer>> byText = new HashMap<>();
        for (int at : routes) {
            demands.get(at)
                    .texts()
                    .forEach(text -> byText.computeIfAbsent(text, name -> new ArrayList<>())
                            .add(at));
        }
        Map<String, int[]> places = new HashMap<>();
        byText.forEach((text, list) -> places.put(text, ints(list)));
        return new ByField(slot, places, ints(routes));
    }

    /** The places of the routes that can take the event, in their order. */
    Walk candidates(FalcoEvent event, Subject subject) {
        Walk walk = new Walk(bySeverity[event.priority().severity()], byField.size());
        for (int i = 0; i < byField.size(); i++) {
            walk.add(byField.get(i).of(subject));
        }
        return walk;
    }

    private static int[] ints(List<Integer> places) {
        return places.stream().flatMapToInt(IntStream::of).toArray();
    }

    /** Rising sequences as one. Confined to one match. */
    static final class Walk {

        private final int[] most;
        private final int[][] more;
        private final int[] at;
        private int count;
        private int next;

        Walk(int[] most, int others) {
            this.most = most;
            this.more = new int[others][];
            this.at = new int[others];
        }

        void add(int[] places) {
            if (places.length > 0) {
                more[count++] = places;
            }
        }

        /** The next place; -1 after the last. */
        int next() {
            int least = next < most.length ? most[next] : Integer.MAX_VALUE;
            int of = -1;
            for (int i = 0; i < count; i++) {
                if (at[i] < more[i].length && more[i][at[i]] < least) {
                    least = more[i][at[i]];
                    of = i;
                }
            }
            if (of >= 0) {
                at[of]++;
                return least;
            }
            return next < most.length ? most[next++] : -1;
        }
    }
}
