package io.github.falcogateway.sink;

import io.github.falcogateway.event.EventReader;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.rule.EventKey;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events that are told together: when the first message is due, when the next, when it ends. Confined to one event
 * loop.
 *
 * @see <a href="https://prometheus.io/docs/alerting/latest/configuration/#route">Alertmanager's group_wait,
 *     group_interval and repeat_interval</a>
 */
final class Group {

    /**
     * What a group is about.
     *
     * @param route the route of its events
     * @param filter the condition that takes them; may be empty
     * @param columns the fields of its table; empty for none
     * @param listed whether to list the events' places
     */
    record About(Form form, String route, String filter, List<String> columns, boolean listed) {

        static About of(Form form, String route) {
            return new About(form, route, "", List.of(), false);
        }
    }

    /** News within an open group is told at once, but not faster than this. */
    private static final Duration BREATH = Duration.ofSeconds(1);

    private static final int TENFOLD = 10;
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private final About about;
    private final Timing timing;
    private final Instant opened;
    private Tally tally;
    private @Nullable Instant told;
    private Instant reminded;
    private Instant notBefore;
    private @Nullable Instant hastened;
    private long toldCount;
    private long total;
    private @Nullable Priority worst;
    private boolean news;
    private String note = "";

    Group(About about, Timing timing, Instant opened) {
        this.about = about;
        this.timing = timing;
        this.opened = opened;
        this.reminded = opened;
        this.notBefore = opened;
        this.tally = tally();
    }

    About about() {
        return about;
    }

    Timing timing() {
        return timing;
    }

    /** Takes an event; whether it is to be told earlier than was due. */
    boolean add(JournaledEvent event, String why, boolean first) {
        tally.add(event, why);
        Priority priority = event.event().countsAs();
        boolean worse = worst != null && priority.severity() < worst.severity();
        boolean grown = toldCount > 0 && tally.count() >= TENFOLD * toldCount;
        worst = worst == null || worse ? priority : worst;
        if (news || told == null || !timing.news() || !(worse || grown || first)) {
            return false;
        }
        news = true;
        return true;
    }

    /** Takes what another message would have said. */
    void add(Summary summary, JournaledEvent its) {
        tally.add(summary, its);
    }

    /** Says a line with the next message. */
    void note(String line) {
        note = line;
    }

    long count() {
        return tally.count();
    }

    boolean isFull(int names) {
        return tally.nameText() >= names;
    }

    /** When its next message is due. */
    Instant due() {
        Instant due;
        if (told == null) {
            due = opened.plus(timing.groupWait());
        } else if (news) {
            due = told.plus(BREATH);
        } else {
            Instant next = told.plus(timing.interval());
            Instant reminder = reminded.plus(timing.repeat());
            due = reminder.isAfter(told) && reminder.isBefore(next) ? reminder : next;
        }
        if (hastened != null && hastened.isBefore(due)) {
            return hastened;
        }
        return due.isBefore(notBefore) ? notBefore : due;
    }

    /** Its next message is due now. */
    void hasten(Instant now) {
        hastened = now;
    }

    /** Its next message waits until then at least. */
    void delay(Instant until) {
        notBefore = until;
    }

    /** Whether it was quiet for so long that it is over. */
    boolean over(Instant now) {
        return tally.count() == 0 && told != null && !now.isBefore(told.plus(timing.interval()));
    }

    /** The message that is due; null where there is nothing to say. */
    @Nullable
    Delivery tell(Instant now) {
        Summary summary = tally.summary(about.form());
        JournaledEvent newest = tally.newest();
        boolean reminder = !now.isBefore(reminded.plus(timing.repeat()));
        if (summary == null || newest == null) {
            told = told == null ? now : told;
            reminded = reminder ? now : reminded;
            return null;
        }
        total += summary.count();
        String line = note;
        if (line.isEmpty() && told != null && about.form() == Form.GROUP) {
            line = (reminder ? "Reminder: " : "") + total + " in all since " + MINUTE.format(opened);
        }
        told = now;
        reminded = reminder ? now : reminded;
        toldCount = summary.count();
        news = false;
        hastened = null;
        note = "";
        tally = tally();
        boolean alone = summary.count() == 1
                && about.form() == Form.GROUP
                && summary.held().containsKey("group");
        return new Delivery(newest, about.route(), alone ? null : summary.with(about.filter(), line));
    }

    private Tally tally() {
        return new Tally(about.columns().isEmpty() ? null : EventKey.of(about.columns()), about.listed());
    }

    Buffer save() {
        JsonObject json = new JsonObject()
                .put("form", about.form().label())
                .put("route", about.route())
                .put("filter", about.filter())
                .put("columns", String.join(",", about.columns()))
                .put("listed", about.listed())
                .put("timing", timing.toJson())
                .put("opened", opened.toString())
                .put("told", told == null ? null : told.toString())
                .put("reminded", reminded.toString())
                .put("not_before", notBefore.toString())
                .put("told_count", toldCount)
                .put("total", total)
                .put("news", news)
                .put("note", note)
                .put("worst", worst == null ? null : worst.name());
        Summary summary = tally.summary(about.form());
        if (summary != null) {
            json.put("tally", summary.toJson())
                    .put("newest_id", tally.newestId())
                    .put("newest_at", tally.arrived().toString());
        }
        return json.toBuffer();
    }

    static Group restore(Buffer saved, EventReader events) {
        JsonObject json = new JsonObject(saved);
        String columns = json.getString("columns");
        About about = new About(
                Form.of(json.getString("form")),
                json.getString("route"),
                json.getString("filter"),
                columns.isEmpty() ? List.of() : List.of(columns.split(",")),
                json.getBoolean("listed"));
        Group group = new Group(
                about, Timing.fromJson(json.getJsonObject("timing")), Instant.parse(json.getString("opened")));
        String told = json.getString("told");
        group.told = told == null ? null : Instant.parse(told);
        group.reminded = Instant.parse(json.getString("reminded"));
        group.notBefore = Instant.parse(json.getString("not_before"));
        group.toldCount = json.getLong("told_count");
        group.total = json.getLong("total");
        group.news = json.getBoolean("news");
        group.note = json.getString("note");
        String worst = json.getString("worst");
        group.worst = worst == null ? null : Priority.valueOf(worst);
        JsonObject tally = json.getJsonObject("tally");
        if (tally != null) {
            group.tally.add(Summary.fromJson(tally), newest(json, events));
        }
        return group;
    }

    private static JournaledEvent newest(JsonObject json, EventReader events) {
        long id = json.getLong("newest_id");
        String at = json.getString("newest_at");
        if (at == null) {
            // Kept by an older version, the whole event with it.
            return events.read(id, json.getString("newest").getBytes(StandardCharsets.UTF_8));
        }
        return Gist.of(id, "", "", Priority.DEBUG, Instant.EPOCH, Instant.parse(at));
    }
}
