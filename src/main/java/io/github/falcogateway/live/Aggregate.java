package io.github.falcogateway.live;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.filter.Rough;
import io.github.falcogateway.filter.Value;
import io.github.falcogateway.journal.Tally;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts events by rule, host, priority, source, tag or any field. Confined to one caller. */
public final class Aggregate {

    /** More different values than this share one row: they are the senders' own. */
    private static final int ROWS = 10_000;

    private static final String OTHER = "_other";
    /** Of a longer value so many characters count. */
    private static final int KEY = 1000;

    /**
     * The events of one value. Immutable.
     *
     * @param key the value; empty where events have none
     * @param worst the worst priority
     * @param hosts their hosts, the first hundred
     * @param first when the first of them happened
     * @param last when the last of them happened
     * @param lastId its place in the journal; 0 where it has none
     * @param newest the last of them, or its outline
     * @param trend how many of them happened in each part of the time looked at, oldest first; empty where not asked
     */
    public record Row(
            String key,
            long count,
            Priority worst,
            Set<String> hosts,
            Instant first,
            Instant last,
            long lastId,
            FalcoEvent newest,
            long[] trend) {}

    private final Map<String, Group> rows = new HashMap<>();
    private final boolean tags;
    private final Value by;
    private final @Nullable TimeSpan trend;
    private long total;

    /**
     * Counts by one field.
     *
     * @param by {@code tag}, or the name of a field as conditions know it
     * @throws io.github.falcogateway.filter.FilterException where no field has the name
     */
    public Aggregate(String by) {
        this(by, null);
    }

    /**
     * Counts by one field, over time as well.
     *
     * @param trend the parts of the time to count in; null for none
     */
    Aggregate(String by, @Nullable TimeSpan trend) {
        this.tags = by.equals("tag") || by.equals("tags");
        this.by = Value.of(tags ? "rule" : by);
        this.trend = trend;
    }

    /** Whether an event's outline is enough to count it. */
    boolean outlined() {
        return tags || Rough.shows(by.name());
    }

    /** Counts one event; under each of its tags where it counts by tag. */
    public void add(FalcoEvent event) {
        add(event, 0);
    }

    /** The same of an event in the journal, where it is found again by its place. */
    void add(FalcoEvent event, long id) {
        // Ten thousand whole events may be more than the heap.
        tally(event, id == 0 ? event : event.outline()).count(id, TimeSpan.nanos(event.time()));
    }

    /** What counts the events of an outline. */
    Tally tally(FalcoEvent outline) {
        return tally(outline, outline);
    }

    private Tally tally(FalcoEvent event, FalcoEvent kept) {
        List<String> keys = !tags ? List.of(by.text(event)) : event.tags().isEmpty() ? List.of("") : event.tags();
        Group[] groups = new Group[keys.size()];
        return (id, nanos) -> {
            total++;
            for (int i = 0; i < groups.length; i++) {
                // Only what is counted has a row.
                if (groups[i] == null) {
                    groups[i] = group(keys.get(i));
                    groups[i].meet(kept);
                }
                groups[i].count(id, nanos, kept);
            }
        };
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

    private Group group(String key) {
        String begin = key.length() <= KEY ? key : key.substring(0, KEY);
        String shared = rows.containsKey(begin) || rows.size() < ROWS ? begin : OTHER;
        return rows.computeIfAbsent(shared, first -> new Group(trend));
    }
}
