package io.github.falcogateway.journal;

import java.util.HashMap;
import java.util.Map;

/**
 * The sinks' places as the disk has them, and of a sink that it has none of yet the first one, so that what begins anew
 * meanwhile goes on from there. What was on its way when a sink was forgotten does not bring it back. Thread-safe.
 */
final class Places {

    private final Map<String, Long> ids;
    /** How often each sink was forgotten. */
    private final Map<String, Integer> forgotten = new HashMap<>();

    Places(Map<String, Long> kept) {
        ids = new HashMap<>(kept);
    }

    synchronized Map<String, Long> all() {
        return Map.copyOf(ids);
    }

    /** A place is on its way to the disk; which of the sinks of this name it is, for {@link #kept}. */
    synchronized int coming(String sink, long id) {
        ids.putIfAbsent(sink, id);
        return life(sink);
    }

    /** The disk has it. */
    synchronized void kept(String sink, long id, int life) {
        if (life == life(sink)) {
            ids.put(sink, id);
        }
    }

    synchronized void forget(String sink) {
        ids.remove(sink);
        forgotten.merge(sink, 1, Integer::sum);
    }

    private int life(String sink) {
        return forgotten.getOrDefault(sink, 0);
    }
}
