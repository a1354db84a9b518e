package io.github.falcogateway.sink;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.rule.EventKey;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Names what an event belongs to by the values of some fields. Confined to one event loop. */
final class Keys {

    private static final String BETWEEN = "\t";
    private static final int LONGEST = 300;
    private static final int LONGEST_CONDITION = 4000;
    private static final int UUID_LENGTH = 36;

    private final Map<List<String>, EventKey> known = new HashMap<>();

    /** A name for the event's values of the fields, under a prefix. */
    String of(String prefix, List<String> by, FalcoEvent event) {
        String key = prefix + BETWEEN + String.join(BETWEEN, key(by).values(event));
        // Whatever senders write: the name of a group is none of the things that may grow without end.
        return key.length() <= LONGEST
                ? key
                : key.substring(0, LONGEST / 2) + UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
    }

    /** What the names of a route's groups begin with. */
    static String group(String route) {
        return "group " + route;
    }

    /**
     * What a route's group is about: where its name tells the fields' values, the same for all of the route.
     *
     * @param by the fields; empty for a group of all that found no other
     */
    GroupAbout about(String key, String route, List<String> by, FalcoEvent event) {
        boolean cut = key.length() > LONGEST || key.length() == LONGEST / 2 + UUID_LENGTH;
        return !cut && values(key, group(route)).length == by.size()
                ? new GroupAbout(Form.GROUP, route, "", by, List.of(), false)
                : GroupAbout.of(Form.GROUP, route, condition(by, event));
    }

    /** The condition that takes the events of a name that tells their values. */
    static String condition(String key, String prefix, List<String> by) {
        return EventKey.of(by).condition(List.of(values(key, prefix)));
    }

    private static String[] values(String key, String prefix) {
        return key.substring(prefix.length() + BETWEEN.length()).split(BETWEEN, -1);
    }

    /** The condition that takes the events with the same values; empty where it is too long for a link. */
    String condition(List<String> by, FalcoEvent event) {
        EventKey key = key(by);
        String condition = key.condition(key.values(event));
        return condition.length() <= LONGEST_CONDITION ? condition : "";
    }

    private EventKey key(List<String> by) {
        return known.computeIfAbsent(by, EventKey::of);
    }
}
