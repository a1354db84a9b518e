package io.github.falcogateway.sink;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/** How much was told within a time, by key. Confined to one event loop. */
final class Windows {

    private static final String NOTE = "window ";

    /** So much was told since then. */
    private record Window(Instant ends, int told) {}

    private record End(Instant at, String key) {}

    private final Map<String, Window> windows = new HashMap<>();
    private final PriorityQueue<End> ends = new PriorityQueue<>(Comparator.comparing(End::at));
    private final Set<String> changed = new LinkedHashSet<>();

    /**
     * Whether one more may be told; if so it is counted. A window that ends later than a new one would is no longer one: the
     * clock was set back, or its time is shorter now.
     */
    boolean admit(String key, int max, Duration per, Instant now) {
        forget(now);
        Window window = windows.get(key);
        if (window == null || window.ends().isAfter(now.plus(per))) {
            window = new Window(now.plus(per), 0);
            ends.add(new End(window.ends(), key));
            keep(key, window);
        }
        if (window.told() >= max) {
            return false;
        }
        keep(key, new Window(window.ends(), window.told() + 1));
        return true;
    }

    /** Whether there is a window of this key, which may be over. */
    boolean knows(String key) {
        return windows.containsKey(key);
    }

    /** How many there are, those that are over among them until the next is asked for. */
    int size() {
        return windows.size();
    }

    /** When more may be told. */
    Instant ends(String key, Instant otherwise) {
        Window window = windows.get(key);
        return window == null ? otherwise : window.ends();
    }

    boolean isChanged() {
        return !changed.isEmpty();
    }

    void changes(Map<String, Buffer> notes) {
        for (String key : changed) {
            Window window = windows.get(key);
            notes.put(
                    NOTE + key, window == null ? Buffer.buffer() : Buffer.buffer(window.told() + " " + window.ends()));
        }
        changed.clear();
    }

    /** Takes a note that is one of its own. */
    boolean restore(String name, Buffer saved) {
        if (!name.startsWith(NOTE)) {
            return false;
        }
        String key = name.substring(NOTE.length());
        String[] parts = saved.toString().split(" ", 2);
        Window window = new Window(Instant.parse(parts[1]), Integer.parseInt(parts[0]));
        windows.put(key, window);
        ends.add(new End(window.ends(), key));
        return true;
    }

    private void keep(String key, Window window) {
        windows.put(key, window);
        changed.add(key);
    }

    private void forget(Instant now) {
        while (!ends.isEmpty() && !ends.peek().at().isAfter(now)) {
            End end = ends.remove();
            Window window = windows.get(end.key());
            if (window != null && window.ends().equals(end.at())) {
                windows.remove(end.key());
                changed.add(end.key());
            }
        }
    }
}
