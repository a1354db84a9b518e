package io.github.falcogateway.sink;

import io.github.falcogateway.event.EventReader;
import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.rule.EventKey;
import io.github.falcogateway.rule.Grouping;
import io.github.falcogateway.rule.Route;
import io.github.falcogateway.rule.Silence;
import io.github.falcogateway.rule.Throttle;
import io.github.falcogateway.telemetry.RouteMeters;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides for each event whether people are told of it at once or together with others; whatever is held back is in a
 * group, and each group speaks. Its groups are saved with the sink's place. Confined to one event loop.
 */
final class Flood {

    private static final String OTHER = "_other";
    private static final String SILENCE = "silence ";
    private static final String INTERNAL = "Falco internal:";
    private static final int WINDOWS = 10_000;

    private final FloodOptions options;
    private final RouteMeters meters;
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final Map<String, Window> windows = new HashMap<>();
    private final Set<String> changed = new LinkedHashSet<>();

    /** So many events since then. */
    private record Window(Instant began, int told) {}

    Flood(FloodOptions options, RouteMeters meters) {
        this.options = options;
        this.meters = meters;
    }

    /** Whether an event is told before all others: a sensor that is blind is a warning at least. */
    boolean urgent(FalcoEvent event) {
        return priority(event).severity() <= options.always().severity();
    }

    /** The event where it is told now; null where it is held back. */
    @Nullable
    Delivery offer(Delivery delivery, @Nullable Route route, List<Silence> silences, Instant now) {
        FalcoEvent event = delivery.event().event();
        for (Silence silence : silences) {
            if (silence.holds(event, now)) {
                meters.silence(silence.id());
                Duration rest = Duration.between(now, silence.until());
                hold(
                        SILENCE + silence.id() + " " + delivery.route(),
                        "silence",
                        delivery,
                        new Group(delivery.route(), now, rest, rest));
                return null;
            }
        }
        String held = speak(delivery, route, now);
        return held == null ? delivery : null;
    }

    /** Why the event is held back; null where it is not. */
    private @Nullable String speak(Delivery delivery, @Nullable Route route, Instant now) {
        if (urgent(delivery.event().event())) {
            Duration interval = options.stormInterval();
            boolean told = admit("storm", options.stormMax(), interval, now);
            return told ? null : hold("storm", "storm", delivery, new Group(delivery.route(), now, interval, interval));
        }
        if (route == null) {
            return null;
        }
        Grouping grouping = route.group();
        if (grouping != null) {
            Duration interval = shorter(grouping.groupInterval(), grouping.repeatInterval());
            Group fresh = new Group(route.name(), now, grouping.groupWait(), interval);
            return hold(key(route, grouping, delivery.event()), "group", delivery, fresh);
        }
        Throttle throttle = route.throttle();
        if (throttle != null) {
            String key = "throttle " + key(route.name(), throttle.by(), delivery.event());
            if (!admit(key, throttle.max(), throttle.per(), now)) {
                Group fresh = new Group(route.name(), now, rest(key, throttle.per(), now), throttle.per());
                return hold(key, "throttle", delivery, fresh);
            }
        }
        return null;
    }

    /** Holds an event back that would come after too many others to be read one by one. */
    void fold(Delivery delivery, Instant now) {
        Duration interval = options.stormInterval().multipliedBy(6);
        hold("fold " + delivery.route(), "storm", delivery, new Group(delivery.route(), now, interval, interval));
    }

    /** The messages that are due. */
    List<Delivery> due(Instant now) {
        List<Delivery> due = new ArrayList<>();
        Iterator<Map.Entry<String, Group>> all = groups.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, Group> entry = all.next();
            Group group = entry.getValue();
            if (now.isBefore(group.due())) {
                continue;
            }
            if (group.over(now)) {
                all.remove();
                changed.add(entry.getKey());
                continue;
            }
            Delivery message = group.tell(now);
            if (message != null) {
                due.add(message);
                changed.add(entry.getKey());
            }
        }
        return due;
    }

    /** The groups that changed since the last call: what they are now, empty for one that ended. */
    Map<String, Buffer> changes() {
        Map<String, Buffer> changes = new LinkedHashMap<>();
        for (String key : changed) {
            Group group = groups.get(key);
            changes.put("group " + key, group == null ? Buffer.buffer() : group.save());
        }
        changed.clear();
        return changes;
    }

    boolean isChanged() {
        return !changed.isEmpty();
    }

    void restore(String key, Buffer saved, EventReader events) {
        groups.put(key, Group.restore(saved, events));
    }

    /** How many events wait in groups. */
    long waiting() {
        return groups.values().stream()
                .mapToLong(group -> group.tally().count())
                .sum();
    }

    private String hold(String key, String why, Delivery delivery, Group fresh) {
        groups.computeIfAbsent(key, none -> fresh).add(delivery.event(), why);
        changed.add(key);
        meters.heldBack(delivery.route(), why);
        return why;
    }

    private String key(Route route, Grouping grouping, JournaledEvent event) {
        String key = key(route.name(), grouping.by(), event);
        return groups.containsKey(key) || groups.size() < grouping.maxGroups() ? key : route.name() + " " + OTHER;
    }

    private static String key(String route, List<String> by, JournaledEvent event) {
        return route + " " + EventKey.of(by).values(event.event());
    }

    private boolean admit(String key, int max, Duration per, Instant now) {
        if (windows.size() >= WINDOWS) {
            windows.clear();
        }
        Window window = windows.get(key);
        if (window == null || !now.isBefore(window.began().plus(per))) {
            window = new Window(now, 0);
        }
        windows.put(key, new Window(window.began(), Math.min(max, window.told()) + 1));
        return window.told() < max;
    }

    private Duration rest(String key, Duration per, Instant now) {
        Window window = windows.get(key);
        return window == null ? per : Duration.between(now, window.began().plus(per));
    }

    private static Priority priority(FalcoEvent event) {
        Priority priority = event.priority();
        boolean blind = event.rule().startsWith(INTERNAL) && priority.severity() > Priority.WARNING.severity();
        return blind ? Priority.WARNING : priority;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
