package io.github.falcogateway.sink;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.rule.EventKey;
import java.nio.charset.StandardCharsets;
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

    /** The severity where nothing was counted. */
    static final int NONE = Integer.MAX_VALUE;

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

    private final @Nullable EventKey columns;
    private final @Nullable Ids ids;
    private final Memory memory;
    /** By field, then why they were held back and the digest's table. */
    private final ValueCounts values;

    private long count;
    /*
     * Numbers alone change with every event: references that are set in a hundred thousand old objects make each young
     * collection look through all of them.
     */
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long newest;
    private long arrived;
    private int worst = NONE;
    private int nameText;

    /**
     * An empty one.
     *
     * @param columns whose values make the rows of a table; null for no table
     * @param listed whether to list the events' places in the journal
     * @param memory what it shares with others
     */
    Tally(@Nullable EventKey columns, boolean listed, Memory memory) {
        this.columns = columns;
        this.ids = listed ? new Ids() : null;
        this.memory = memory;
        this.values = new ValueCounts(memory.texts());
    }

    /** Counts one event and why it is not told by itself. */
    void add(JournaledEvent journaled, String why) {
        FalcoEvent event = journaled.event();
        newest = journaled.id();
        arrived = Micros.of(event.arrival());
        long time = Micros.of(event.time());
        span(time, time, event.countsAs().severity());
        if (ids != null) {
            ids.add(journaled.id());
        }
        List<String> found = VALUES.values(event);
        for (int i = 0; i < FIELDS.size(); i++) {
            see(i, found.get(i), 1);
        }
        see(HELD, why, 1);
        if (columns != null) {
            see(ROW, String.join(COLUMN, columns.values(event)), 1);
        }
        count++;
    }

    /** Counts what another message would have said. */
    void add(Summary summary, JournaledEvent its) {
        summary.held().forEach((why, events) -> see(HELD, why, events));
        summary.values().forEach((name, seen) -> {
            int place = name.equals(TABLE) ? ROW : FIELDS.indexOf(name);
            seen.of().forEach((value, events) -> see(place, value, events));
            values.leaveOut(place, seen.more());
        });
        count += summary.count();
        if (its.id() > newest) {
            newest = its.id();
            arrived = Micros.of(its.event().arrival());
        }
        span(
                Micros.of(summary.first()),
                Micros.of(summary.last()),
                summary.worst().severity());
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
        return worst == NONE
                ? null
                : Gist.of(
                        newest,
                        values.first(1),
                        values.first(0),
                        worst(),
                        Micros.instant(last),
                        Micros.instant(arrived));
    }

    /** What there is to say; null where nothing was counted. */
    @Nullable
    Summary summary(Form form) {
        if (count == 0 || worst == NONE) {
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
                Micros.instant(first),
                Micros.instant(last),
                worst(),
                seen,
                ranges,
                "",
                "");
    }

    /** Writes what was counted, as {@link #read} takes it; {@link GroupNotes} has a number for this format. */
    void write(Packed to) {
        to.number(count);
        if (count == 0 || worst == NONE) {
            return;
        }
        to.number(newest).number(arrived).number(first).number(last).number(worst);
        to.text(ids == null ? "" : String.join(BETWEEN, ids.ranges()));
        for (int place = 0; place < PLACES; place++) {
            values.write(place, to);
        }
    }

    /** Adds what was written. */
    void read(Packed.Reader from) {
        count = from.number();
        if (count == 0) {
            return;
        }
        newest = from.number();
        arrived = from.number();
        span(from.number(), from.number(), from.count());
        String ranges = from.text();
        if (ids != null && !ranges.isEmpty()) {
            ids.add(List.of(ranges.split(BETWEEN)));
        }
        for (int place = 0; place < PLACES; place++) {
            values.leaveOut(place, from.number());
            for (int left = from.count(); left > 0; left--) {
                see(place, from.shared(), from.number());
            }
        }
    }

    /** Forgets all that was counted. */
    void clear() {
        values.clear();
        if (ids != null) {
            ids.clear();
        }
        count = 0;
        first = Long.MAX_VALUE;
        last = Long.MIN_VALUE;
        newest = 0;
        arrived = 0;
        worst = NONE;
        nameText = 0;
    }

    private Priority worst() {
        return Priority.values()[worst];
    }

    private void span(long from, long to, int severity) {
        first = Math.min(first, from);
        last = Math.max(last, to);
        worst = Math.min(worst, severity);
    }

    /** Takes the value of events; empty for what they lack. */
    private void see(int place, String value, long events) {
        if (value.isEmpty()) {
            return;
        }
        String shown = shown(value);
        int most = place < NAMED || place == HELD ? NAMES : place == ROW ? ROWS : memory.values();
        if (values.add(place, shown, events, most) && place < NAMED) {
            nameText += shown.length() + 2;
        }
    }

    private static String shown(String value) {
        String cut = value.length() > LONGEST ? value.substring(0, LONGEST) : value;
        for (int i = 0; i < cut.length(); i++) {
            if (Character.isSurrogate(cut.charAt(i))) {
                // Half a pair, the sender's or of our cut, could not be kept.
                return new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            }
        }
        return cut;
    }
}
