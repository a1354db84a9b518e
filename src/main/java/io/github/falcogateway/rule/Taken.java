package io.github.falcogateway.rule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The routes that took an event so far, and what follows from that: made once for all events that the same routes take.
 * Immutable but for what it remembers. Thread-safe.
 */
final class Taken {

    /** More are made anew for each event: a thousand routes can be taken in more ways than memory has room for. */
    private static final int MOST = 1024;

    private final Decision decision;
    /** How many are remembered in all. */
    private final AtomicInteger remembered;

    private final Map<Integer, Taken> next = new ConcurrentHashMap<>(4);

    private Taken(Decision decision, AtomicInteger remembered) {
        this.decision = decision;
        this.remembered = remembered;
    }

    /** Before any route: what no route takes goes to these sinks. */
    static Taken none(List<String> defaultSinks) {
        Map<String, String> sinks = new LinkedHashMap<>();
        defaultSinks.forEach(sink -> sinks.put(sink, ""));
        return new Taken(new Decision(List.of(), sinks, true), new AtomicInteger());
    }

    /** Taken by this route too, which stands at this place of the table. */
    Taken by(int place, Route route) {
        Taken known = next.get(place);
        if (known != null) {
            return known;
        }
        Taken made = new Taken(decision.and(route), remembered);
        if (remembered.get() < MOST && next.putIfAbsent(place, made) == null) {
            remembered.incrementAndGet();
        }
        return made;
    }

    Decision decision() {
        return decision;
    }
}
