package io.github.falcogateway.live;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.filter.Value;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Counts events by rule, host, priority, source, tag or any field. Confined to one caller. */
public final class Aggregate {

    /** More different values than this share one row: they are the senders' own. */
    private static final int ROWS = 10_000;

    private static final int HOSTS = 100;
    private static final String OTHER = "_other";

    /**
     * The events of one value. Immutable.
     *
     * @param key the value; empty where events have none
     * @param worst the worst priority
     * @param hosts their hosts, the first hundred
     * @param first when the first of them happened
     * @param last when the last of them happened
     * @param newest the last of them
     */
    public record Row(
            String key,
            long count,
            Priority worst,
            Set<String> hosts,
            Instant first,
            Instant last,
            FalcoEvent newest) {}

    private final Map<String, Counts> rows = new HashMap<>();
    private final boolean tags;
    private final Value by;
    private long total;

    /**
     * Counts by one field.
     *
     * @param by {@code tag}, or the name of a field as conditions know it
     * @throws io.github.falcogateway.filter.FilterException where no field has the name
     */
    public Aggregate(String by) {
        this.tags = by.equals("tag") || by.equals("tags");
        this.by = Value.of(tags ? "rule" : by);
    }

    /** Counts one event; under each of its tags where it counts by tag. */
    public void add(FalcoEvent event) {
        total++;
        if (!tags) {
            count(by.text(event), event);
        } else if (event.tags().isEmpty()) {
            count("", event);
        } else {
            event.tags().forEach(tag -> count(tag, event));
        }
    }

    /** How many events were counted. */
    public long total() {
        return total;
    }

    /** The most frequent first. */
    public List<Row> rows() {
        return rows.entrySet().stream()
                .map(entry -> entry.getValue().row(entry.getKey()))
                .sorted(Comparator.comparingLong(Row::count).reversed().thenComparing(Row::key))
                .toList();
    }

    private void count(String key, FalcoEvent event) {
        String shared = rows.containsKey(key) || rows.size() < ROWS ? key : OTHER;
        rows.computeIfAbsent(shared, first -> new Counts(event)).add(event);
    }

    private static final class Counts {

        private long count;
        private Priority worst;
        private Instant first;
        private FalcoEvent newest;
        private final Set<String> hosts = new TreeSet<>();

        Counts(FalcoEvent event) {
            worst = event.priority();
            first = event.time();
            newest = event;
        }

        void add(FalcoEvent event) {
            count++;
            worst = event.priority().severity() < worst.severity() ? event.priority() : worst;
            first = event.time().isBefore(first) ? event.time() : first;
            newest = event.time().isAfter(newest.time()) ? event : newest;
            if (hosts.size() < HOSTS) {
                hosts.add(event.host());
            }
        }

        Row row(String key) {
            return new Row(key, count, worst, hosts, first, newest.time(), newest);
        }
    }
}
