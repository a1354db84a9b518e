package io.github.falcogateway.sink;

import io.github.falcogateway.event.EventReader;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.event.Priority;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Events that are told together: when the first message is due, when the next, when it ends. Confined to one event
 * loop.
 *
 * @see <a href="https://prometheus.io/docs/alerting/latest/configuration/#route">Alertmanager's group_wait and
 *     group_interval</a>
 */
final class Group {

    /** News within an open group is told at once, but not faster than this. */
    private static final Duration BREATH = Duration.ofSeconds(1);

    private static final int TENFOLD = 10;

    private final String route;
    private final Duration wait;
    private final Duration interval;
    private final Instant opened;
    private Tally tally = new Tally();
    private @Nullable Instant told;
    private long toldCount;
    private @Nullable Priority worst;
    private boolean urgent;

    /**
     * A group that begins now.
     *
     * @param wait until its first message
     * @param interval from one message to the next, and how long it stays open without one
     */
    Group(String route, Instant opened, Duration wait, Duration interval) {
        this.route = route;
        this.opened = opened;
        this.wait = wait;
        this.interval = interval;
    }

    void add(JournaledEvent event, String why) {
        tally.add(event, why);
        Priority priority = event.event().priority();
        boolean worse = worst != null && priority.severity() < worst.severity();
        boolean grown = told != null && toldCount > 0 && tally.count() >= TENFOLD * toldCount;
        if (told != null && (worse || grown)) {
            urgent = true;
        }
        worst = worst == null || worse ? priority : worst;
    }

    Tally tally() {
        return tally;
    }

    /** When its next message is due. */
    Instant due() {
        if (told == null) {
            return opened.plus(wait);
        }
        return told.plus(urgent ? BREATH : interval);
    }

    /** Whether it was quiet for so long that it is over. */
    boolean over(Instant now) {
        return tally.count() == 0 && told != null && !now.isBefore(told.plus(interval));
    }

    /** The message that is due; null where there is nothing to say. */
    @Nullable
    Delivery tell(Instant now) {
        Summary summary = tally.summary();
        JournaledEvent newest = tally.newest();
        if (summary == null || newest == null) {
            return null;
        }
        told = now;
        toldCount = summary.count();
        urgent = false;
        tally = new Tally();
        return new Delivery(newest, route, summary.count() == 1 ? null : summary);
    }

    Buffer save() {
        JsonObject json = new JsonObject()
                .put("route", route)
                .put("opened", opened.toString())
                .put("wait", wait.toMillis())
                .put("interval", interval.toMillis())
                .put("told", told == null ? null : told.toString())
                .put("told_count", toldCount)
                .put("worst", worst == null ? null : worst.name());
        Summary summary = tally.summary();
        JournaledEvent newest = tally.newest();
        if (summary != null && newest != null) {
            json.put("tally", summary.toJson())
                    .put("newest_id", newest.id())
                    .put("newest", new String(newest.json(), StandardCharsets.UTF_8));
        }
        return json.toBuffer();
    }

    static Group restore(Buffer saved, EventReader events) {
        JsonObject json = new JsonObject(saved);
        Group group = new Group(
                json.getString("route"),
                Instant.parse(json.getString("opened")),
                Duration.ofMillis(json.getLong("wait")),
                Duration.ofMillis(json.getLong("interval")));
        String told = json.getString("told");
        group.told = told == null ? null : Instant.parse(told);
        group.toldCount = json.getLong("told_count");
        String worst = json.getString("worst");
        group.worst = worst == null ? null : Priority.valueOf(worst);
        JsonObject tally = json.getJsonObject("tally");
        if (tally != null) {
            byte[] newest = json.getString("newest").getBytes(StandardCharsets.UTF_8);
            group.tally = Tally.of(Summary.fromJson(tally), events.read(json.getLong("newest_id"), newest));
        }
        return group;
    }
}
