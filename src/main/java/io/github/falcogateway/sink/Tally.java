package io.github.falcogateway.sink;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.rule.EventKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts events that are told together. Its size does not grow with them. Confined to one event loop. */
final class Tally {

    static final String MORE = "…";

    private static final List<String> FIELDS = List.of(
            "host",
            "rule",
            "user.name",
            "proc.name",
            "proc.cmdline",
            "fd.name",
            "container.name",
            "k8s.ns.name",
            "k8s.pod.name");
    private static final EventKey VALUES = EventKey.of(FIELDS);
    /** Every host and rule is worth its name; of the others a few show what differs. */
    private static final int NAMES = 50;

    private static final int FEW = 5;

    private long count;
    private @Nullable Instant first;
    private @Nullable Instant last;
    private @Nullable Priority worst;
    private @Nullable JournaledEvent newest;
    private final Map<String, Long> held = new LinkedHashMap<>();
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    /** What was counted so far. */
    static Tally of(Summary summary, JournaledEvent newest) {
        Tally tally = new Tally();
        tally.count = summary.count();
        tally.first = summary.first();
        tally.last = summary.last();
        tally.worst = summary.worst();
        tally.newest = newest;
        tally.held.putAll(summary.held());
        summary.values().forEach((field, some) -> tally.values.put(field, new ArrayList<>(some)));
        return tally;
    }

    /** Counts one event and why it is not told by itself. */
    void add(JournaledEvent journaled, String why) {
        FalcoEvent event = journaled.event();
        count++;
        held.merge(why, 1L, Long::sum);
        newest = journaled;
        first = first == null || event.time().isBefore(first) ? event.time() : first;
        last = last == null || event.time().isAfter(last) ? event.time() : last;
        worst = worst == null || event.priority().severity() < worst.severity() ? event.priority() : worst;
        List<String> found = VALUES.values(event);
        for (int i = 0; i < FIELDS.size(); i++) {
            see(FIELDS.get(i), found.get(i), i < 2 ? NAMES : FEW);
        }
    }

    long count() {
        return count;
    }

    @Nullable
    JournaledEvent newest() {
        return newest;
    }

    /** What there is to say; null where nothing was counted. */
    @Nullable
    Summary summary() {
        return count == 0 || first == null || last == null || worst == null
                ? null
                : new Summary(count, held, first, last, worst, values);
    }

    private void see(String field, String value, int most) {
        if (value.isEmpty()) {
            return;
        }
        List<String> seen = values.computeIfAbsent(field, name -> new ArrayList<>(2));
        if (seen.contains(value) || seen.size() > most) {
            return;
        }
        seen.add(seen.size() == most ? MORE : value);
    }
}
