package io.github.falcogateway.sink;

import io.github.falcogateway.event.EventReader;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.rule.EventKey;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
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

    /** News within an open group is told at once, but not faster than this. */
    private static final Duration BREATH = Duration.ofSeconds(1);

    private static final int TENFOLD = 10;
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private final GroupAbout about;
    private final Tally tally;
    private Timing timing;
    private Instant opened;
    private @Nullable Instant told;
    private Instant reminded;
    private Instant notBefore;
    private @Nullable Instant hastened;
    private long toldCount;
    private long total;
    private int worst = Tally.NONE;
    private boolean news;
    private String note = "";
    private String key = "";
    // Its note, its place in the queue and its worst severity are numbers: they change in a hundred thousand old
    // objects, and each young collection looks at one in which a reference was set, even to what it was before.
    private long kept = GroupNotes.NONE;
    private int queued = GroupQueue.NOWHERE;
    private boolean changed;

    /** @param memory what it shares with others */
    Group(GroupAbout about, Timing timing, Instant opened, Memory memory) {
        this.about = memory.same(about);
        this.timing = memory.same(timing);
        this.opened = opened;
        this.reminded = opened;
        this.notBefore = opened;
        this.tally = new Tally(about.columns().isEmpty() ? null : EventKey.of(about.columns()), about.listed(), memory);
    }

    GroupAbout about() {
        return about;
    }

    Timing timing() {
        return timing;
    }

    /** It speaks at these times from now on. */
    void timing(Timing now) {
        timing = now;
    }

    /** The name that it is known by. */
    String key() {
        return key;
    }

    void key(String name) {
        key = name;
    }

    /** The number of the newest note that it is in, or {@link GroupNotes#NONE}. */
    long kept() {
        return kept;
    }

    void kept(long number) {
        kept = number;
    }

    /** Its place among those that are due, or {@link GroupQueue#NOWHERE}. */
    int queued() {
        return queued;
    }

    void queued(int place) {
        queued = place;
    }

    /** Whether it is not what a note says of it. */
    boolean isChanged() {
        return changed;
    }

    void changed(boolean now) {
        changed = now;
    }

    /** Takes an event; whether it is to be told earlier than was due. */
    boolean add(JournaledEvent event, String why, boolean first) {
        tally.add(event, why);
        int severity = event.event().countsAs().severity();
        boolean worse = worst != Tally.NONE && severity < worst;
        boolean grown = toldCount > 0 && tally.count() >= TENFOLD * toldCount;
        worst = Math.min(worst, severity);
        boolean tells = !news && told != null && timing.news() && (worse || grown || first);
        news |= tells;
        return tells;
    }

    /** Takes what another message would have said. */
    void add(Summary summary, JournaledEvent its) {
        tally.add(summary, its);
    }

    /** What it counted is no more. */
    void clear() {
        tally.clear();
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
        due = due.isBefore(notBefore) ? notBefore : due;
        return hastened != null && hastened.isBefore(due) ? hastened : due;
    }

    /** Its next message is due now. */
    void hasten(Instant now) {
        hastened = now;
    }

    /** Its next message waits until then at least. */
    void delay(Instant until) {
        notBefore = until;
    }

    /** Nothing of it was later than now: it goes on as if that had been now. Whether it is due earlier by this. */
    boolean setBack(Instant now) {
        Instant before = due();
        opened = Collections.min(List.of(opened, now));
        reminded = Collections.min(List.of(reminded, now));
        notBefore = Collections.min(List.of(notBefore, now));
        told = told == null ? null : Collections.min(List.of(told, now));
        return due().isBefore(before);
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
        tally.clear();
        boolean alone = summary.count() == 1
                && about.form() == Form.GROUP
                && summary.held().containsKey("group");
        return new Delivery(newest, about.route(), alone ? null : summary.with(filter(), line));
    }

    private String filter() {
        return about.by().isEmpty() ? about.filter() : Keys.condition(key, Keys.group(about.route()), about.by());
    }

    /** Writes it as {@link #read} takes it; {@link GroupNotes} has a number for this format. */
    void write(Packed to) {
        to.parts(key).shared(about.form().label()).shared(about.route()).shared(about.filter());
        to.shared(String.join(",", about.by()));
        to.shared(String.join(",", about.columns())).number(about.listed() ? 1 : 0);
        timing.write(to);
        to.time(opened).time(reminded).time(notBefore).number(told == null ? 0 : 1);
        to.time(told == null ? opened : told);
        to.number(toldCount).number(total).number(news ? 1 : 0).shared(note);
        to.number(worst == Tally.NONE ? -1 : worst);
        tally.write(to);
    }

    static Group read(Packed.Reader from, Memory memory) {
        String key = from.parts();
        Form form = Form.of(from.shared());
        GroupAbout about = new GroupAbout(
                form, from.shared(), from.shared(), fields(from.shared()), fields(from.shared()), from.number() == 1);
        Group group = new Group(about, Timing.read(from), from.time(), memory);
        group.key = key;
        group.reminded = from.time();
        group.notBefore = from.time();
        boolean spoke = from.number() == 1;
        Instant told = from.time();
        group.told = spoke ? told : null;
        group.toldCount = from.number();
        group.total = from.number();
        group.news = from.number() == 1;
        group.note = from.shared();
        int worst = from.count();
        group.worst = worst < 0 ? Tally.NONE : worst;
        group.tally.read(from);
        return group;
    }

    private static List<String> fields(String joined) {
        return joined.isEmpty() ? List.of() : List.of(joined.split(","));
    }

    /** Reads what an older version kept of a group, a note of its own. */
    static Group read(JsonObject json, EventReader events, Memory memory) {
        GroupAbout about = new GroupAbout(
                Form.of(json.getString("form")),
                json.getString("route"),
                json.getString("filter"),
                List.of(),
                fields(json.getString("columns")),
                json.getBoolean("listed"));
        Group group = new Group(
                about, Timing.fromJson(json.getJsonObject("timing")), Instant.parse(json.getString("opened")), memory);
        String told = json.getString("told");
        group.told = told == null ? null : Instant.parse(told);
        group.reminded = Instant.parse(json.getString("reminded"));
        group.notBefore = Instant.parse(json.getString("not_before"));
        group.toldCount = json.getLong("told_count");
        group.total = json.getLong("total");
        group.news = json.getBoolean("news");
        group.note = json.getString("note");
        String worst = json.getString("worst");
        group.worst = worst == null ? Tally.NONE : Priority.valueOf(worst).severity();
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
            // The whole event was kept with it.
            return events.read(id, json.getString("newest").getBytes(StandardCharsets.UTF_8));
        }
        return Gist.of(id, "", "", Priority.DEBUG, Instant.EPOCH, Instant.parse(at));
    }
}
