package io.github.falcogateway.journal;

import io.github.falcogateway.event.JournaledEvent;
import java.util.ArrayList;
import java.util.List;

/** The events that only memory holds while the disk refuses them; bounded. Thread-safe. */
final class Held {

    private final List<JournaledEvent> events = new ArrayList<>();
    private long bytes;

    /** Holds all of these; false, none held, where there is no room. */
    synchronized boolean add(List<JournaledEvent> more, long maxBytes) {
        long size = more.stream().mapToLong(event -> event.json().length).sum();
        if (bytes + size > maxBytes) {
            return false;
        }
        events.addAll(more);
        bytes += size;
        return true;
    }

    synchronized List<JournaledEvent> all() {
        return new ArrayList<>(events);
    }

    synchronized List<JournaledEvent> after(long id, int max) {
        return events.stream().filter(event -> event.id() > id).limit(max).toList();
    }

    /** Newest first. */
    synchronized List<JournaledEvent> before(long id, int max) {
        List<JournaledEvent> found = new ArrayList<>();
        for (int i = events.size() - 1; i >= 0 && found.size() < max; i--) {
            if (events.get(i).id() < id) {
                found.add(events.get(i));
            }
        }
        return found;
    }

    synchronized void clear() {
        events.clear();
        bytes = 0;
    }

    synchronized int size() {
        return events.size();
    }

    synchronized boolean isEmpty() {
        return events.isEmpty();
    }
}
