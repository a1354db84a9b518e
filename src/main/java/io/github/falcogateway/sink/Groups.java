package io.github.falcogateway.sink;

import io.github.falcogateway.event.EventReader;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The groups that are open, and which of them is due next: an event costs a look-up however many there are. Confined to
 * one event loop.
 */
final class Groups {

    private static final String NOTE = "group ";
    /** So many characters of names of rules and hosts are in one message; further ones are in another. */
    private static final int NAMES = 3000;

    /** When a group was due by what was known of it then; a newer one replaces it. */
    private record Due(Instant at, String key) {}

    private final Map<String, Group> groups = new HashMap<>();
    private final Map<String, Integer> perRoute = new HashMap<>();
    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::key));
    private final Set<String> changed = new LinkedHashSet<>();
    private long waiting;

    @Nullable
    Group get(String key) {
        return groups.get(key);
    }

    /** The group of this name, or the next one of it whose names still fit a message. */
    String roomy(String name) {
        int n = 0;
        Group group = groups.get(name);
        while (group != null && group.isFull(NAMES)) {
            n++;
            group = groups.get(name + " " + n);
        }
        return n == 0 ? name : name + " " + n;
    }

    /** How many groups of a route are open. */
    int open(String route) {
        return perRoute.getOrDefault(route, 0);
    }

    /** Puts an event into a group, which is opened where there is none. */
    void add(String key, Delivery delivery, String why, boolean first, Supplier<Group> fresh) {
        Group group = group(key, fresh);
        if (group.add(delivery.event(), why, first)) {
            queue.add(new Due(group.due(), key));
        }
        waiting += weight(group, 1);
        changed.add(key);
    }

    /** Puts a message that is not sent into a group, which is opened where there is none. */
    void add(String key, Delivery message, Summary summary, Supplier<Group> fresh) {
        Group group = group(key, fresh);
        group.add(summary, message.event());
        waiting += weight(group, summary.count());
        changed.add(key);
    }

    /** A group's next message waits until then. */
    void delay(String key, Group group, Instant until) {
        group.delay(until);
        queue.add(new Due(group.due(), key));
        changed.add(key);
    }

    /** A group's next message is due now. */
    void hasten(String key, Group group, Instant now) {
        group.hasten(now);
        queue.add(new Due(group.due(), key));
    }

    /** The groups that are due, each once; tell or delay every one of them. */
    List<String> due(Instant now) {
        List<String> due = new ArrayList<>();
        while (!queue.isEmpty() && !queue.peek().at().isAfter(now)) {
            Due next = queue.remove();
            Group group = groups.get(next.key());
            if (group == null || !group.due().equals(next.at())) {
                continue;
            }
            if (group.over(now)) {
                remove(next.key(), group);
            } else {
                due.add(next.key());
            }
        }
        return due;
    }

    /** A group's message now; null where it has nothing to say. */
    @Nullable
    Delivery tell(String key, Group group, Instant now) {
        waiting -= weight(group, group.count());
        Delivery message = group.tell(now);
        changed.add(key);
        if (group.about().form() == Form.SILENCE || group.about().form() == Form.DIGEST) {
            remove(key, group);
        } else {
            queue.add(new Due(group.due(), key));
        }
        return message;
    }

    /** How many events wait in groups for a message; what a silence holds waits for nothing. */
    long waiting() {
        return waiting;
    }

    /** The keys of the open groups that begin so. */
    List<String> keys(String prefix) {
        return groups.keySet().stream().filter(key -> key.startsWith(prefix)).toList();
    }

    boolean isChanged() {
        return !changed.isEmpty();
    }

    /** Adds what changed since the last call: what it is now, empty for one that ended. */
    void changes(Map<String, Buffer> notes) {
        for (String key : changed) {
            Group group = groups.get(key);
            notes.put(NOTE + key, group == null ? Buffer.buffer() : group.save());
        }
        changed.clear();
    }

    /** Takes a note that is one of its own. */
    boolean restore(String name, Buffer saved, EventReader events) {
        if (!name.startsWith(NOTE)) {
            return false;
        }
        Group group = Group.restore(saved, events);
        put(name.substring(NOTE.length()), group);
        waiting += weight(group, group.count());
        return true;
    }

    private Group group(String key, Supplier<Group> fresh) {
        Group group = groups.get(key);
        return group == null ? put(key, fresh.get()) : group;
    }

    private Group put(String key, Group group) {
        groups.put(key, group);
        perRoute.merge(group.about().route(), 1, Integer::sum);
        queue.add(new Due(group.due(), key));
        return group;
    }

    private void remove(String key, Group group) {
        groups.remove(key);
        perRoute.merge(group.about().route(), -1, Integer::sum);
        changed.add(key);
    }

    private static long weight(Group group, long events) {
        return group.about().form() == Form.SILENCE ? 0 : events;
    }
}
