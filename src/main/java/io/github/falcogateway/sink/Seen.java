package io.github.falcogateway.sink;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.rule.Inhibit;
import io.github.falcogateway.rule.Route;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was seen before: which rule on which host, and what explains the events of a route away. Confined to one event
 * loop.
 */
final class Seen {

    private static final String PAIR = "seen ";
    private static final String MARK = "mark ";
    private static final String BETWEEN = "\t";
    /** Enough for every rule on many hosts; beyond it nothing is new any more. */
    private static final int PAIRS = 100_000;

    private static final int MARKS = 10_000;

    private final Keys keys;
    private final Fingerprints pairs = new Fingerprints();
    /** When last, by route and shared values, the one longest ago first. */
    private final Map<String, Instant> marks = new LinkedHashMap<>();

    private final Map<String, Buffer> changed = new HashMap<>();

    Seen(Keys keys) {
        this.keys = keys;
    }

    /** Whether the rule was never seen on the host; from now on it was. */
    boolean first(FalcoEvent event) {
        if (pairs.size() >= PAIRS || !pairs.add(event.rule(), BETWEEN, event.host())) {
            return false;
        }
        changed.put(PAIR + event.rule() + BETWEEN + event.host(), Buffer.buffer("1"));
        return true;
    }

    /** The event explains those of the route away for a while. */
    void mark(FalcoEvent event, Route route, Inhibit inhibit) {
        String key = key(event, route, inhibit);
        Instant before = marks.remove(key);
        Instant last = before != null && before.isAfter(event.arrival()) && !isOfAnotherClock(before, event, inhibit)
                ? before
                : event.arrival();
        marks.put(key, last);
        changed.put(MARK + key, Buffer.buffer(last.toString()));
        if (marks.size() > MARKS) {
            String oldest = marks.keySet().iterator().next();
            marks.remove(oldest);
            changed.put(MARK + oldest, Buffer.buffer());
        }
    }

    /** How long from its arrival on the event is explained away; zero where it is not. */
    Duration explained(FalcoEvent event, Route route, Inhibit inhibit) {
        Instant seen = marks.get(key(event, route, inhibit));
        if (seen == null || isOfAnotherClock(seen, event, inhibit)) {
            return Duration.ZERO;
        }
        if (seen.isAfter(event.arrival())) {
            return inhibit.within();
        }
        Duration rest = Duration.between(event.arrival(), seen.plus(inhibit.within()));
        return rest.isNegative() ? Duration.ZERO : rest;
    }

    /** Events come in nearly in the order of their arrival: what is so much later came before the clock was set back. */
    private static boolean isOfAnotherClock(Instant seen, FalcoEvent event, Inhibit inhibit) {
        return seen.isAfter(event.arrival().plus(inhibit.within()));
    }

    boolean isChanged() {
        return !changed.isEmpty();
    }

    void changes(Map<String, Buffer> notes) {
        notes.putAll(changed);
        changed.clear();
    }

    /** Takes those of the notes that are its own. */
    void restore(Map<String, Buffer> notes) {
        Map<String, Instant> marked = new HashMap<>();
        notes.forEach((name, saved) -> {
            if (name.startsWith(PAIR)) {
                boolean unused = pairs.add(name.substring(PAIR.length()));
            } else if (name.startsWith(MARK)) {
                marked.put(name.substring(MARK.length()), Instant.parse(saved.toString()));
            }
        });
        marked.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(mark -> marks.put(mark.getKey(), mark.getValue()));
    }

    private String key(FalcoEvent event, Route route, Inhibit inhibit) {
        return keys.of(route.name(), inhibit.same(), event);
    }
}
