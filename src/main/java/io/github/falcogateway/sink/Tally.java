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

    private static final int HELD = FIELDS.size();
    private static final int ROW = HELD + 1;
    private static final int PLACES = ROW + 1;

    private static final int NAMES = 5000;
    private static final int ROWS = 1000;
    private static final int FEW = 20;
    private static final int LONGEST = 200;

    private final @Nullable EventKey columns;
    private final @Nullable Ids ids;
    private long count;
    private @Nullable Instant first;
    private @Nullable Instant last;
    private @Nullable Priority worst;
    private long newest;
    private Instant arrived = Instant.EPOCH;
    private int nameText;
    /**
     * By field, then why they were held back and the digest's table: the one value that every event had. Most groups are of
     * one or of alike events, and there may be a hundred thousand groups.
     */
    private final @Nullable String[] only = new String[PLACES];

    /** The same where the events differ; null while none does. */
    private @Nullable ValueCounts @Nullable [] counts;

    /**
     * An empty one.
     *
     * @param columns whose values make the rows of a table; null for no table
     * @param listed whether to list the events' places in the journal
     */
    Tally(@Nullable EventKey columns, boolean listed) {
        this.columns = columns;
        this.ids = listed ? new Ids() : null;
    }

    /** Counts one event and why it is not told by itself. */
    void add(JournaledEvent journaled, String why) {
        FalcoEvent event = journaled.event();
        newest = journaled.id();
        arrived = event.arrival();
        span(event.time(), event.time(), event.countsAs());
        if (ids != null) {
            ids.add(journaled.id());
        }
        List<String> found = VALUES.values(event);
        for (int i = 0; i < FIELDS.size(); i++) {
            see(i, found.get(i));
        }
        see(HELD, why);
        see(ROW, columns == null ? "" : String.join(COLUMN, columns.values(event)));
        count++;
    }

    /** Counts what another message would have said. */
    void add(Summary summary, JournaledEvent its) {
        summary.held().forEach((why, events) -> see(HELD, why, events));
        summary.values().forEach((name, seen) -> {
            int place = name.equals(TABLE) ? ROW : FIELDS.indexOf(name);
            seen.of().forEach((value, events) -> see(place, value, events));
            counts(place).leaveOut(seen.more());
        });
        // What every event had up to here, these may lack.
        for (int place = 0; place < PLACES; place++) {
            counts(place);
        }
        count += summary.count();
        if (its.id() > newest) {
            newest = its.id();
            arrived = its.event().arrival();
        }
        span(summary.first(), summary.last(), summary.worst());
        if (ids != null) {
            ids.add(summary.ids());
        }
    }

    long count() {
        return count;
    }

    /** How long the names of all rules and hosts are together. */
    int nameText() {
        return nameText;
    }

    /** The place of the newest event; 0 where nothing was counted. */
    long newestId() {
        return newest;
    }

    /** When the newest event came. */
    Instant arrived() {
        return arrived;
    }

    /** What is known of the newest event: {@link Recall} has all of it. */
    @Nullable
    JournaledEvent newest() {
        return last == null || worst == null ? null : Gist.of(newest, one(1), one(0), worst, last, arrived);
    }

    /** What there is to say; null where nothing was counted. */
    @Nullable
    Summary summary(Form form) {
        if (count == 0 || first == null || last == null || worst == null) {
            return null;
        }
        Map<String, Counts> values = new LinkedHashMap<>();
        for (int place = 0; place < PLACES; place++) {
            Counts seen = place == HELD ? null : seen(place);
            if (seen != null) {
                values.put(place == ROW ? TABLE : FIELDS.get(place), seen);
            }
        }
        Counts held = seen(HELD);
        List<String> ranges = ids == null ? List.of() : ids.ranges();
        return new Summary(
                form, count, held == null ? Map.of() : held.of(), first, last, worst, values, ranges, "", "");
    }

    private void span(Instant from, Instant to, Priority priority) {
        first = first == null || from.isBefore(first) ? from : first;
        last = last == null || to.isAfter(last) ? to : last;
        worst = worst == null || priority.severity() < worst.severity() ? priority : worst;
    }

    /** One of the values at a place; empty where there is none. */
    private String one(int place) {
        Counts seen = seen(place);
        return seen == null || seen.of().isEmpty()
                ? ""
                : seen.of().keySet().iterator().next();
    }

    private @Nullable Counts seen(int place) {
        ValueCounts[] differing = counts;
        String same = only[place];
        if (differing == null || differing[place] == null) {
            return same == null ? null : new Counts(Map.of(same, count), 0);
        }
        ValueCounts its = differing[place];
        return its == null || its.isEmpty() ? null : new Counts(its.all(), its.more());
    }

    /** Takes the value of one more event; empty for an event that lacks it. */
    private void see(int place, String value) {
        String same = only[place];
        boolean alike = counts == null || counts[place] == null;
        if (alike && (count == 0 || same == null) && value.isEmpty() || alike && same != null && same.equals(value)) {
            return;
        }
        if (alike && count == 0) {
            only[place] = shown(value);
            nameText += place < NAMED ? shown(value).length() + 2 : 0;
        } else {
            see(place, value, 1);
        }
    }

    private void see(int place, String value, long events) {
        ValueCounts seen = counts(place);
        if (value.isEmpty()) {
            return;
        }
        String shown = seen.has(value) ? value : shown(value);
        int most = place < NAMED || place == HELD ? NAMES : place == ROW ? ROWS : FEW;
        if (seen.add(shown, events, most) && place < NAMED) {
            nameText += shown.length() + 2;
        }
    }

    private static String shown(String value) {
        String cut = value.length() > LONGEST ? value.substring(0, LONGEST) : value;
        // Half a surrogate pair, the sender's or of our cut, could not be kept.
        String kept = new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return kept.equals(value) ? value : kept;
    }

    /** The counts at a place, from now on by value. */
    private ValueCounts counts(int place) {
        @Nullable ValueCounts[] all = counts;
        if (all == null) {
            all = new ValueCounts[PLACES];
            counts = all;
        }
        ValueCounts its = all[place];
        if (its == null) {
            its = new ValueCounts();
            all[place] = its;
            String same = only[place];
            if (same != null) {
                its.add(same, count, NAMES);
                only[place] = null;
            }
        }
        return its;
    }

    /** Places in the journal, those that follow on each other as one range. */
    private static final class Ids {

        private static final int MOST = 300;

        private final List<String> done = new ArrayList<>();
        private long from = -1;
        private long to = -1;

        void add(long id) {
            if (done.size() >= MOST) {
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
            if (done.size() < MOST) {
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
