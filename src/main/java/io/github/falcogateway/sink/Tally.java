package io.github.falcogateway.sink;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.rule.EventKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

    private static final String BETWEEN = ",";

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
    private static final int LONGEST = 200;
    private static final long MICROS = 1_000_000;
    /** The years that microseconds in a long reach, which is all that a time is known by here. */
    private static final long MOST_SECONDS = Long.MAX_VALUE / MICROS - 1;

    private final @Nullable EventKey columns;
    private final @Nullable Ids ids;
    /** By field, then why they were held back and the digest's table. */
    private final ValueCounts values = new ValueCounts();

    private long count;
    /*
     * Numbers alone change with every event: a reference that changes in a hundred thousand old objects makes each young
     * collection look through all of them.
     */
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long newest;
    private long arrived;
    private @Nullable Priority worst;
    private int nameText;

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
    void add(JournaledEvent journaled, String why, Memory memory) {
        FalcoEvent event = journaled.event();
        newest = journaled.id();
        arrived = micros(event.arrival());
        long time = micros(event.time());
        span(time, time, event.countsAs());
        if (ids != null) {
            ids.add(journaled.id());
        }
        List<String> found = VALUES.values(event);
        for (int i = 0; i < FIELDS.size(); i++) {
            see(i, found.get(i), memory);
        }
        see(HELD, why, memory);
        see(ROW, columns == null ? "" : String.join(COLUMN, columns.values(event)), memory);
        count++;
    }

    /** Counts what another message would have said. */
    void add(Summary summary, JournaledEvent its, Memory memory) {
        summary.held().forEach((why, events) -> see(HELD, why, events, memory));
        summary.values().forEach((name, seen) -> {
            int place = name.equals(TABLE) ? ROW : FIELDS.indexOf(name);
            seen.of().forEach((value, events) -> see(place, value, events, memory));
            values.leaveOut(place, seen.more());
        });
        count += summary.count();
        if (its.id() > newest) {
            newest = its.id();
            arrived = micros(its.event().arrival());
        }
        span(micros(summary.first()), micros(summary.last()), summary.worst());
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

    /** What is known of the newest event: {@link Recall} has all of it. */
    @Nullable
    JournaledEvent newest() {
        return worst == null ? null : Gist.of(newest, one(1), one(0), worst, instant(last), instant(arrived));
    }

    /** What there is to say; null where nothing was counted. */
    @Nullable
    Summary summary(Form form) {
        if (count == 0 || worst == null) {
            return null;
        }
        Map<String, Counts> seen = new LinkedHashMap<>();
        for (int place = 0; place < PLACES; place++) {
            Counts its = place == HELD ? null : values.of(place);
            if (its != null) {
                seen.put(place == ROW ? TABLE : FIELDS.get(place), its);
            }
        }
        Counts held = values.of(HELD);
        List<String> ranges = ids == null ? List.of() : ids.ranges();
        return new Summary(
                form,
                count,
                held == null ? Map.of() : held.of(),
                instant(first),
                instant(last),
                worst,
                seen,
                ranges,
                "",
                "");
    }

    /** Writes what was counted, as {@link #read} takes it; {@link GroupNotes} has a number for this format. */
    void write(Packed to) {
        to.number(count);
        if (count == 0 || worst == null) {
            return;
        }
        to.number(newest).number(arrived).number(first).number(last).number(worst.severity());
        to.text(ids == null ? "" : String.join(BETWEEN, ids.ranges()));
        for (int place = 0; place < PLACES; place++) {
            Counts seen = values.of(place);
            to.number(seen == null ? 0 : seen.more());
            to.number(seen == null ? 0 : seen.of().size());
            if (seen != null) {
                seen.of().forEach((value, events) -> to.text(value).number(events));
            }
        }
    }

    /** Adds what was written. */
    void read(Packed.Reader from, Memory memory) {
        count = from.number();
        if (count == 0) {
            return;
        }
        newest = from.number();
        arrived = from.number();
        span(from.number(), from.number(), Priority.values()[from.count()]);
        String ranges = from.text();
        if (ids != null && !ranges.isEmpty()) {
            ids.add(List.of(ranges.split(BETWEEN)));
        }
        for (int place = 0; place < PLACES; place++) {
            values.leaveOut(place, from.number());
            for (int left = from.count(); left > 0; left--) {
                see(place, from.text(), from.number(), memory);
            }
        }
    }

    private void span(long from, long to, Priority priority) {
        first = Math.min(first, from);
        last = Math.max(last, to);
        worst = worst == null || priority.severity() < worst.severity() ? priority : worst;
    }

    private static long micros(Instant time) {
        long seconds = Math.max(-MOST_SECONDS, Math.min(MOST_SECONDS, time.getEpochSecond()));
        return seconds * MICROS + time.getNano() / (1_000_000_000 / MICROS);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** One of the values at a place; empty where there is none. */
    private String one(int place) {
        Counts seen = values.of(place);
        return seen == null || seen.of().isEmpty()
                ? ""
                : seen.of().keySet().iterator().next();
    }

    /** Takes the value of one more event; empty for an event that lacks it. */
    private void see(int place, String value, Memory memory) {
        if (!value.isEmpty() && !values.again(place, value)) {
            see(place, value, 1, memory);
        }
    }

    private void see(int place, String value, long events, Memory memory) {
        String shown = memory.same(shown(value));
        int most = place < NAMED || place == HELD ? NAMES : place == ROW ? ROWS : memory.values();
        if (values.add(place, shown, events, most) && place < NAMED) {
            nameText += shown.length() + 2;
        }
    }

    private static String shown(String value) {
        String cut = value.length() > LONGEST ? value.substring(0, LONGEST) : value;
        // Half a surrogate pair, the sender's or of our cut, could not be kept.
        String kept = new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return kept.equals(value) ? value : kept;
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
