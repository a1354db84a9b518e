package io.github.falcogateway.rule;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.FieldValue;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.filter.Demand;
import io.github.falcogateway.filter.Subject;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which routes can take an event at all. Most conditions ask for one of a few rules, hosts, programs, namespaces, tags, for
 * what such a name begins with or contains: those are found by that field's value; the others by priority. Immutable.
 */
final class Index {

    /** A field of fewer routes is not worth its lookup. */
    private static final int FEWEST = 4;

    /** What routes have in common by which they are found. */
    private record Key(int slot, Demand.How how) {}

    /** The routes that ask for one field in one way. Immutable. */
    private record ByField(int slot, Places places) {

        void find(Subject subject, BitSet to) {
            FieldValue value = subject.value(slot);
            if (value instanceof FieldValue.Array array) {
                // Of a list each item may be what is asked for.
                List<FieldValue> items = array.items();
                for (int i = 0; i < items.size(); i++) {
                    places.find(items.get(i).text(), to);
                }
            } else if (value != null) {
                places.find(value.text(), to);
            }
        }
    }

    private final List<ByField> byField;
    /** The routes that ask for no such field, by severity. */
    private final BitSet[] bySeverity;

    private Index(List<ByField> byField, BitSet[] bySeverity) {
        this.byField = List.copyOf(byField);
        this.bySeverity = bySeverity;
    }

    static Index of(List<RuleTable.Line> lines) {
        Map<Integer, Demand> demands = new HashMap<>();
        Map<Key, Integer> asked = new HashMap<>();
        for (int at = 0; at < lines.size(); at++) {
            if (lines.get(at).route().enabled()) {
                Demand demand = lines.get(at).filter().demand();
                demands.put(at, demand);
                demand.asks().forEach(ask -> asked.merge(key(ask), 1, Integer::sum));
            }
        }
        Map<Key, Map<String, List<Integer>>> byKey = new HashMap<>();
        Map<Integer, Demand> others = new HashMap<>();
        demands.forEach((at, demand) -> {
            List<Demand.Ask> asks = demand.asks();
            if (asks.isEmpty() || asks.stream().anyMatch(ask -> asked.getOrDefault(key(ask), 0) < FEWEST)) {
                others.put(at, demand);
                return;
            }
            for (Demand.Ask ask : asks) {
                Map<String, List<Integer>> byText = byKey.computeIfAbsent(key(ask), key -> new HashMap<>());
                ask.texts()
                        .forEach(text -> byText.computeIfAbsent(text, name -> new ArrayList<>())
                                .add(at));
            }
        });
        List<ByField> byField = new ArrayList<>();
        byKey.forEach((key, byText) -> byField.add(new ByField(key.slot(), Places.of(key.how(), byText))));
        return new Index(byField, bySeverity(others, lines.size()));
    }

    private static Key key(Demand.Ask ask) {
        return new Key(ask.slot(), ask.how());
    }

    private static BitSet[] bySeverity(Map<Integer, Demand> routes, int size) {
        BitSet[] bySeverity = new BitSet[Priority.values().length];
        for (int severity = 0; severity < bySeverity.length; severity++) {
            int bit = 1 << severity;
            BitSet places = new BitSet(size);
            routes.forEach((at, demand) -> places.set(at, (demand.severities() & bit) != 0));
            bySeverity[severity] = places;
        }
        return bySeverity;
    }

    /** The places of the routes that can take the event. */
    BitSet candidates(FalcoEvent event, Subject subject) {
        BitSet places = (BitSet) bySeverity[event.priority().severity()].clone();
        for (int i = 0; i < byField.size(); i++) {
            byField.get(i).find(subject, places);
        }
        return places;
    }
}
