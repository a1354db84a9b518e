package io.github.falcogateway.sink;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.rule.EventKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts events that are told together. Its size does not grow with them but by the names of rules and hosts. Confined to
 * one event loop.
 */
final class Tally {

    /** The table of a digest among the values: its columns' values, {@link #COLUMN} between them. */
    static final String TABLE = "";

    static final String COLUMN = "\t";

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
    /** The first two fields: every rule and host is worth its name. */
    private static final int NAMED = 2;

    private static final int NAMES = 5000;
    private static final int ROWS = 1000;
    private static final int FEW = 20;
    private static final int LONGEST = 200;

    private final @Nullable EventKey columns;
    private final Ids ids;
    private long count;
    private @Nullable Instant first;
    private @Nullable Instant last;
    private @Nullable Priority worst;
    private @Nullable JournaledEvent newest;
    private int nameText;
    private final Map<String, Long> held = new LinkedHashMap<>();
    private final Map<String, Seen> values = new LinkedHashMap<>();

    /** The values of one field while they are counted. */
    private static final class Seen {
        private final Map<String, Long> of = new LinkedHashMap<>();
        private long more;
    }

    /**
     * An empty one.
     *
     * @param columns whose values make the rows of a table; null for no table
     * @param listed whether to list the events' places in the journal
     */
    Tally(@Nullable EventKey columns, boolean listed) {
        this.columns = columns;
        this.ids = new Ids(listed);
    }

    /** Counts one event and why it is not told by itself. */
    void add(JournaledEvent journaled, String why) {
        FalcoEvent event = journaled.event();
        count++;
        held.merge(why, 1L, Long::sum);
        newest = journaled;
        span(event.time(), event.time(), event.countsAs());
        ids.add(journaled.id());
        List<String> found = VALUES.values(event);
        for (int i = 0; i < FIELDS.size(); i++) {
            see(FIELDS.get(i), found.get(i), 1, i < NAMED ? NAMES : FEW);
        }
        if (columns != null) {
            see(TABLE, String.join(COLUMN, columns.values(event)), 1, ROWS);
        }
    }

    /** Counts what another message would have said. */
    void add(Summary summary, JournaledEvent its) {
        count += summary.count();
        summary.held().forEach((why, events) -> held.merge(why, events, Long::sum));
        newest = newest == null || its.id() > newest.id() ? its : newest;
        span(summary.first(), summary.last(), summary.worst());
        ids.add(summary.ids());
        summary.values().forEach((field, counts) -> {
            int most = field.equals(TABLE) ? ROWS : FIELDS.indexOf(field) < NAMED ? NAMES : FEW;
            counts.of().forEach((value, events) -> see(field, value, events, most));
            values.computeIfAbsent(field, name -> new Seen()).more += counts.more();
        });
    }

    long count() {
        return count;
    }

    /** How long the names of all rules and hosts are together. */
    int nameText() {
        return nameText;
    }

    @Nullable
    JournaledEvent newest() {
        return newest;
    }

    /** What there is to say; null where nothing was counted. */
    @Nullable
    Summary summary(Form form) {
        if (count == 0 || first == null || last == null || worst == null) {
            return null;
        }
        Map<String, Counts> counts = new LinkedHashMap<>();
        values.forEach((field, seen) -> counts.put(field, new Counts(seen.of, seen.more)));
        return new Summary(form, count, held, first, last, worst, counts, ids.ranges(), "", "");
    }

    private void span(Instant from, Instant to, Priority priority) {
        first = first == null || from.isBefore(first) ? from : first;
        last = last == null || to.isAfter(last) ? to : last;
        worst = worst == null || priority.severity() < worst.severity() ? priority : worst;
    }

    private void see(String field, String value, long events, int most) {
        if (value.isEmpty()) {
            return;
        }
        Seen seen = values.computeIfAbsent(field, name -> new Seen());
        String shown = value.length() > LONGEST ? value.substring(0, LONGEST) : value;
        if (!seen.of.containsKey(shown)) {
            // Half a surrogate pair, the sender's or of our cut, could not be kept.
            shown = new String(shown.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        }
        if (seen.of.containsKey(shown) || seen.of.size() < most) {
            if (seen.of.merge(shown, events, Long::sum) == events && most == NAMES) {
                nameText += shown.length() + 2;
            }
        } else {
            seen.more += events;
        }
    }

    /** Places in the journal, those that follow on each other as one range. */
    private static final class Ids {

        private static final int MOST = 300;

        private final boolean listed;
        private final List<String> done = new ArrayList<>();
        private long from = -1;
        private long to = -1;

        Ids(boolean listed) {
            this.listed = listed;
        }

        void add(long id) {
            if (!listed || done.size() >= MOST) {
                return;
            }
            if (from >= 0 && id == to + 1) {
                to = id;
                return;
            }
            end();
            from = id;
            to = id;
        }

        void add(List<String> ranges) {
            if (listed && done.size() < MOST) {
                end();
                from = -1;
                done.addAll(ranges);
            }
        }

        List<String> ranges() {
            List<String> all = new ArrayList<>(done);
            if (from >= 0) {
                all.add(text());
            }
            return all;
        }

        private void end() {
            if (from >= 0) {
                done.add(text());
            }
        }

        private String text() {
            return from == to ? Long.toString(from) : from + "-" + to;
        }
    }
}
