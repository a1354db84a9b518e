package io.github.falcogateway.sink;

import io.github.falcogateway.event.EventReader;
import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.rule.Digest;
import io.github.falcogateway.rule.Grouping;
import io.github.falcogateway.rule.Inhibit;
import io.github.falcogateway.rule.Route;
import io.github.falcogateway.rule.RuleTable;
import io.github.falcogateway.rule.Silence;
import io.github.falcogateway.rule.Throttle;
import io.github.falcogateway.telemetry.RouteMeters;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides for each event whether people are told of it at once or together with others; whatever is held back is in a
 * group, and each group speaks. All of it is saved with the sink's place. Confined to one event loop.
 */
final class Flood {

    private static final String OTHER = "_other";
    private static final String SILENCE = "silence ";
    private static final String STORM = "storm";
    /** So many values by which a route tells its events apart are known at a time; what is beyond is taken together. */
    private static final int APART = 100_000;

    private final FloodOptions options;
    private final RouteMeters meters;
    private final Keys keys = new Keys();
    private final Groups groups = new Groups();
    private final Storms storms;
    private final Windows windows = new Windows();
    private final Seen seen = new Seen(keys);
    private final Ledger ledger = new Ledger();

    Flood(FloodOptions options, RouteMeters meters) {
        this.options = options;
        this.meters = meters;
        this.storms = new Storms(groups, options);
    }

    Ledger ledger() {
        return ledger;
    }

    Groups groups() {
        return groups;
    }

    /** Whether an event is told before all others: a sensor that is blind is a warning at least. */
    boolean urgent(FalcoEvent event) {
        return isUrgent(event.countsAs());
    }

    boolean isUrgent(Priority priority) {
        return priority.atLeast(options.always());
    }

    /** The routes are these from now on: the groups that are open keep to their times. */
    void take(RuleTable table) {
        groups.retime(about -> {
            Route route = about.form() == Form.GROUP ? table.route(about.route()) : null;
            Grouping grouping = route == null ? null : route.group();
            return route == null || grouping == null ? null : Timing.of(grouping, route.throttle());
        });
    }

    /** The event explains those of the route away. */
    void mark(FalcoEvent event, @Nullable Route route) {
        Inhibit inhibit = route == null ? null : route.quiet().inhibit();
        if (route != null && inhibit != null) {
            seen.mark(event, route, inhibit);
        }
    }

    /** The event where it is told now; null where it is held back. */
    @Nullable
    Delivery offer(Delivery delivery, Situation at) {
        ledger.routed();
        FalcoEvent event = delivery.event().event();
        for (Silence silence : at.silences()) {
            if (silence.holds(event, at.now())) {
                silence(delivery, silence, at.now());
                return null;
            }
        }
        boolean first = seen.first(event);
        String held = urgent(event) ? storm(delivery, at) : speak(delivery, first, at);
        return held == null ? delivery : null;
    }

    private void silence(Delivery delivery, Silence silence, Instant now) {
        meters.silence(silence.id());
        ledger.silenced(silence.id());
        Duration rest = Duration.between(now, silence.until());
        GroupAbout about =
                new GroupAbout(Form.SILENCE, delivery.route(), silence.condition(), List.of(), List.of(), true);
        hold(SILENCE + silence.id(), "silence", delivery, () -> groups.fresh(about, Timing.every(rest, rest), now));
        Group group = groups.get(SILENCE + silence.id());
        if (group != null) {
            group.note("Silence " + silence.id() + " of " + silence.author() + " (" + silence.comment()
                    + ") is over; it held these back");
        }
    }

    /** Why an urgent event is held back; null where it is not. */
    private @Nullable String storm(Delivery delivery, Situation at) {
        if (at.room() && windows.admit(STORM, options.stormMax(), options.stormInterval(), at.now())) {
            return null;
        }
        storms.add(delivery, at.now());
        return heldBack(delivery, STORM);
    }

    /** Why another event is held back; null where it is not. */
    private @Nullable String speak(Delivery delivery, boolean first, Situation at) {
        Route route = at.route();
        if (route != null) {
            String held = explained(delivery, route, at);
            if (held == null) {
                held = together(delivery, route, first, at.now());
            }
            if (held == null) {
                held = repeated(delivery, route, at.now());
            }
            if (held != null) {
                return held;
            }
        }
        if (at.room()) {
            return null;
        }
        storms.fold(delivery, at.now());
        return heldBack(delivery, STORM);
    }

    private @Nullable String explained(Delivery delivery, Route route, Situation at) {
        FalcoEvent event = delivery.event().event();
        Inhibit inhibit = route.quiet().inhibit();
        Duration rest = inhibit == null || at.explains() ? Duration.ZERO : seen.explained(event, route, inhibit);
        if (inhibit == null || rest.isZero()) {
            return null;
        }
        String prefix = "inhibit " + route.name();
        String key = keys.of(prefix, inhibit.same(), event);
        boolean fits = groups.get(key) != null || groups.open(route.name()) < APART;
        return hold(fits ? key : prefix + " " + OTHER, "inhibit", delivery, () -> {
            String filter = fits ? keys.condition(inhibit.same(), event) : "";
            return groups.fresh(held(route, filter), Timing.every(rest, inhibit.within()), at.now());
        });
    }

    private @Nullable String together(Delivery delivery, Route route, boolean first, Instant now) {
        FalcoEvent event = delivery.event().event();
        Digest digest = route.quiet().digest();
        if (digest != null) {
            Duration wait = Duration.between(now, digest.next(now));
            GroupAbout about = new GroupAbout(Form.DIGEST, route.name(), "", List.of(), digest.by(), false);
            return hold(
                    "digest " + route.name(),
                    "digest",
                    delivery,
                    () -> groups.fresh(about, Timing.every(wait, wait), now));
        }
        Grouping grouping = route.group();
        if (grouping == null) {
            return null;
        }
        String prefix = Keys.group(route.name());
        String key = keys.of(prefix, grouping.by(), event);
        boolean fits = groups.get(key) != null || groups.open(route.name()) < grouping.maxGroups();
        groups.add(fits ? key : prefix + " " + OTHER, delivery, "group", first, () -> {
            List<String> by = fits ? grouping.by() : List.of();
            return groups.fresh(keys.about(key, route.name(), by, event), Timing.of(grouping, route.throttle()), now);
        });
        return heldBack(delivery, "group");
    }

    private @Nullable String repeated(Delivery delivery, Route route, Instant now) {
        if (route.quiet().dedup() != null) {
            Throttle once = new Throttle(
                    1, route.quiet().dedup().window(), route.quiet().dedup().by());
            String held = throttle("dedup", delivery, route, once, now);
            if (held != null) {
                return held;
            }
        }
        return route.throttle() == null ? null : throttle("throttle", delivery, route, route.throttle(), now);
    }

    private @Nullable String throttle(String why, Delivery delivery, Route route, Throttle limit, Instant now) {
        FalcoEvent event = delivery.event().event();
        String prefix = why + " " + route.name();
        String own = keys.of(prefix, limit.by(), event);
        boolean fits = windows.knows(own) || windows.size() < APART;
        String key = fits ? own : prefix + " " + OTHER;
        if (windows.admit(key, limit.max(), limit.per(), now)) {
            return null;
        }
        Duration rest = Duration.between(now, windows.ends(key, now.plus(limit.per())));
        return hold(key, why, delivery, () -> {
            String filter = fits ? keys.condition(limit.by(), event) : "";
            return groups.fresh(held(route, filter), Timing.every(rest, limit.per()), now);
        });
    }

    private static GroupAbout held(Route route, String filter) {
        return GroupAbout.of(Form.HELD, route.name(), filter);
    }

    private String heldBack(Delivery delivery, String why) {
        meters.heldBack(delivery.route(), why);
        return why;
    }

    private String hold(String key, String why, Delivery delivery, Supplier<Group> fresh) {
        groups.add(key, delivery, why, false, fresh);
        return heldBack(delivery, why);
    }

    /**
     * The messages that are due.
     *
     * @param room how many people can take now; what else is due of groups and of silences is counted together, storms and
     *     digests go on counting
     */
    List<Delivery> due(List<Silence> silences, Room room, Instant now) {
        over(silences, now);
        List<Delivery> messages = new ArrayList<>();
        for (String key : groups.due(now)) {
            Group group = groups.get(key);
            Delivery message = group == null || waits(key, group, room, now) ? null : groups.tell(key, group, now);
            if (message == null) {
                continue;
            }
            Form form = message.form();
            boolean ordinary = form == null || form == Form.GROUP || form == Form.HELD;
            if (ordinary ? room.takesOrdinary() : form != Form.SILENCE || room.takesReport()) {
                messages.add(message);
            } else {
                storms.fold(message, now);
            }
        }
        return messages;
    }

    private boolean waits(String key, Group group, Room room, Instant now) {
        return throttled(key, group, now) || storms.waits(key, group, room, now);
    }

    /** A silence that an operator ended speaks now, not when it would have ended. */
    private void over(List<Silence> silences, Instant now) {
        for (Silence silence : silences) {
            Group group = silence.active(now) ? null : groups.get(SILENCE + silence.id());
            if (group != null && group.due().isAfter(now)) {
                groups.hasten(group, now);
            }
        }
    }

    private boolean throttled(String key, Group group, Instant now) {
        Timing timing = group.timing();
        String window = "told " + key;
        if (timing.max() == 0 || group.count() == 0 || windows.admit(window, timing.max(), timing.per(), now)) {
            return false;
        }
        groups.delay(group, windows.ends(window, now.plus(timing.per())));
        return true;
    }

    boolean isChanged() {
        return groups.isChanged() || windows.isChanged() || seen.isChanged() || ledger.isChanged();
    }

    /** Adds what changed since the last call; what is empty is gone. */
    void changes(Map<String, Buffer> notes) {
        groups.changes(notes);
        windows.changes(notes);
        seen.changes(notes);
        ledger.changes(notes);
    }

    /** Takes those of the notes that are its own. */
    void restore(Map<String, Buffer> notes, EventReader events) {
        groups.restore(notes, events);
        seen.restore(notes);
        notes.forEach((name, saved) -> {
            boolean unused = windows.restore(name, saved) || ledger.restore(name, saved);
        });
    }
}
