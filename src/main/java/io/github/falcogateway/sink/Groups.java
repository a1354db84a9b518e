package io.github.falcogateway.sink;

import io.github.falcogateway.event.EventReader;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The groups that are open, and which of them is due next: an event costs a look-up however many there are. Confined to
 * one event loop.
 */
final class Groups {

    /** So many characters of names of rules and hosts are in one message; further ones are in another. */
    private static final int NAMES = 3000;
    /** A hundred thousand groups that are due at once do not hold the event loop. */
    private static final int AT_A_TIME = 1000;

    /** So many are kept before more change: what is kept at a time is held twice. */
    private static final int CHANGES = 4000;
    /** A clock that is set right by less is waited for. */
    private static final Duration JITTER = Duration.ofSeconds(1);

    private final Map<String, Group> groups = new HashMap<>();
    private final Map<String, Integer> perRoute = new HashMap<>();
    private final GroupQueue queue = new GroupQueue();
    private final GroupNotes kept = new GroupNotes();
    private final Memory memory = new Memory();
    /** How many groups of a name are known to be full; one that speaks has room again. */
    private final Map<String, Integer> full = new HashMap<>();

    private long waiting;
    /** When it was asked last; after a restart it may have been at any time. */
    private Instant asked = Instant.MAX;

    /** A group that is not open yet. */
    Group fresh(GroupAbout about, Timing timing, Instant opened) {
        return new Group(about, timing, opened, memory);
    }

    @Nullable
    Group get(String key) {
        return groups.get(key);
    }

    /**
     * The group of this name, or the next one of it whose names still fit a message.
     *
     * @param most so many groups of the name at most; the last one of them takes what is beyond
     */
    String roomy(String name, int most) {
        int n = full.getOrDefault(name, 0);
        Group group = groups.get(numbered(name, n));
        while (n + 1 < most && group != null && group.isFull(NAMES)) {
            n++;
            group = groups.get(numbered(name, n));
        }
        full.put(name, n);
        return numbered(name, n);
    }

    private static String numbered(String name, int n) {
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
            queue.put(group);
        }
        waiting += weight(group, 1);
        kept.changed(group);
    }

    /** Puts a message that is not sent, of one event or of many, into a group, which is opened where there is none. */
    void fold(String key, Delivery message, String why, Supplier<Group> fresh) {
        Summary summary = message.summary();
        if (summary == null) {
            add(key, message, why, false, fresh);
            return;
        }
        Group group = group(key, fresh);
        group.add(summary, message.event());
        waiting += weight(group, summary.count());
        kept.changed(group);
    }

    /** A group's next message waits until then. */
    void delay(Group group, Instant until) {
        group.delay(until);
        queue.put(group);
        kept.changed(group);
    }

    /** A group's next message is due now. */
    void hasten(Group group, Instant now) {
        group.hasten(now);
        queue.put(group);
    }

    /** Groups that are due, each once, as many as are told at a time; tell or delay every one of them. */
    List<String> due(Instant now) {
        if (now.isBefore(asked.minus(JITTER))) {
            setBack(now);
        }
        asked = now;
        List<String> due = new ArrayList<>();
        while (due.size() < AT_A_TIME) {
            Group next = queue.poll(now);
            if (next == null) {
                break;
            }
            if (next.over(now)) {
                remove(next.key(), next);
            } else {
                due.add(next.key());
            }
        }
        return due;
    }

    /** The clock was set back: nobody waits for the time that it showed, but for the end of a silence, which is a date. */
    private void setBack(Instant now) {
        for (Group group : groups.values()) {
            if (group.about().form() != Form.SILENCE && group.setBack(now)) {
                queue.put(group);
                kept.changed(group);
            }
        }
    }

    /**
     * The groups go on by other times.
     *
     * @param times those of a group; null where it keeps its own
     */
    void retime(Function<GroupAbout, @Nullable Timing> times) {
        for (Group group : groups.values()) {
            Timing now = times.apply(group.about());
            if (now != null && !now.equals(group.timing())) {
                group.timing(memory.same(now));
                queue.put(group);
                kept.changed(group);
            }
        }
    }

    /** A group's message now; null where it has nothing to say. */
    @Nullable
    Delivery tell(String key, Group group, Instant now) {
        waiting -= weight(group, group.count());
        Delivery message = group.tell(now);
        full.clear();
        kept.changed(group);
        if (group.about().form() == Form.SILENCE || group.about().form() == Form.DIGEST) {
            remove(key, group);
        } else {
            queue.put(group);
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
        return kept.changes() > 0;
    }

    /** Whether so many changed that they are kept before more do. */
    boolean isFull() {
        return kept.changes() >= CHANGES;
    }

    /** Adds what changed since the last call. */
    void changes(Map<String, Buffer> notes) {
        kept.write(groups.size(), notes);
    }

    /** Takes those of the notes that are its own. */
    void restore(Map<String, Buffer> notes, EventReader events) {
        for (Group group : kept.read(notes, events, memory)) {
            put(group.key(), group);
            waiting += weight(group, group.count());
        }
    }

    private Group group(String key, Supplier<Group> fresh) {
        Group group = groups.get(key);
        return group == null ? put(key, fresh.get()) : group;
    }

    private Group put(String key, Group group) {
        group.key(key);
        groups.put(key, group);
        memory.groups(groups.size());
        perRoute.merge(group.about().route(), 1, Integer::sum);
        queue.put(group);
        return group;
    }

    private void remove(String key, Group group) {
        groups.remove(key);
        queue.remove(group);
        memory.groups(groups.size());
        perRoute.merge(group.about().route(), -1, Integer::sum);
        kept.ended(group);
    }

    private static long weight(Group group, long events) {
        return group.about().form() == Form.SILENCE ? 0 : events;
    }
}
