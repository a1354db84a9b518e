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
 * Which routes can take an event at all. Most conditions ask for one of a few rules, hosts, programs, namespaces, or for
 * what such a name begins with: those are found by that field's value; the others by priority. Immutable.
 */
final class Index {

    /** A field of fewer routes is not worth its lookup. */
    private static final int FEWEST = 4;

    private static final int[] NONE = {};

    /** What routes have in common by which they are found. */
    private record Key(int slot, boolean begins) {}

    /**
     * The routes that ask for one field. Immutable.
     *
     * @param lengths those of the beginnings that are asked for; none where the whole value is
     */
    private record ByField(int slot, Map<String, int[]> routes, int[] lengths, int[] all) {

        /** How many sequences of routes it has for an event at most. */
        int most() {
            return Math.max(1, lengths.length);
        }

        void walk(Subject subject, Walk walk) {
            FieldValue value = subject.value(slot);
            if (value instanceof FieldValue.Array) {
                // Of a list each item may be what is asked for.
                walk.add(all);
            } else if (value != null && lengths.length == 0) {
                walk.add(routes.getOrDefault(value.text(), NONE));
            } else if (value != null) {
                String text = value.text();
                for (int length : lengths) {
                    if (length > text.length()) {
                        break;
                    }
                    walk.add(routes.getOrDefault(text.substring(0, length), NONE));
                }
            }
        }
    }

    private final List<ByField> byField;
    private final int most;
    /** The routes that ask for no such field, by severity. */
    private final int[][] bySeverity;

    private Index(List<ByField> byField, int[][] bySeverity) {
        this.byField = List.copyOf(byField);
        this.most = byField.stream().mapToInt(ByField::most).sum();
        this.bySeverity = bySeverity;
    }

    static Index of(List<RuleTable.Line> lines) {
        List<Demand> demands =
                lines.stream().map(line -> line.filter().demand()).toList();
        Map<Key, List<Integer>> byKey = new HashMap<>();
        List<Integer> others = new ArrayList<>();
        for (int at = 0; at < lines.size(); at++) {
            if (lines.get(at).route().enabled()) {
                Demand demand = demands.get(at);
                byKey.computeIfAbsent(new Key(demand.slot(), demand.begins()), key -> new ArrayList<>())
                        .add(at);
            }
        }
        List<ByField> byField = new ArrayList<>();
        byKey.forEach((key, routes) -> {
            if (key.slot() < 0 || routes.size() < FEWEST) {
                others.addAll(routes);
            } else {
                byField.add(byField(key, routes, demands));
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

    private static ByField byField(Key key, List<Integer> routes, List<Demand> demands) {
        Map<String, List<Integer>> byText = new HashMap<>();
        for (int at : routes) {
            demands.get(at)
                    .texts()
                    .forEach(text -> byText.computeIfAbsent(text, name -> new ArrayList<>())
                            .add(at));
        }
        Map<String, int[]> places = new HashMap<>();
        byText.forEach((text, list) -> places.put(text, ints(list)));
        IntStream lengths = key.begins() ? byText.keySet().stream().mapToInt(String::length) : IntStream.empty();
        return new ByField(key.slot(), places, lengths.distinct().sorted().toArray(), ints(routes));
    }

    /** The places of the routes that can take the event, in their order. */
    Walk candidates(FalcoEvent event, Subject subject) {
        Walk walk = new Walk(bySeverity[event.priority().severity()], most);
        for (int i = 0; i < byField.size(); i++) {
            byField.get(i).walk(subject, walk);
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
