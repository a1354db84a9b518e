package io.github.falcogateway.journal;

import io.github.falcogateway.event.JournaledEvent;
import java.util.ArrayList;
import java.util.List;

/** What is being read, event by event, up to a {@link Limit}, wherever each comes from. Confined to one thread. */
final class Page {

    private final Limit limit;
    private final List<JournaledEvent> events = new ArrayList<>();
    private long bytes;
    private boolean cut;

    Page(Limit limit) {
        this.limit = limit;
    }

    /** Whether nothing more is to be read, however small it is. */
    boolean isFull() {
        return cut || events.size() >= limit.events();
    }

    /** Whether an event of this size is still to be read; where not, the page is full. */
    boolean takes(int size) {
        cut |= !limit.fits(events.size(), bytes, size);
        return !cut;
    }

    /** Adds an event where it takes it. */
    void add(JournaledEvent event) {
        if (takes(event.json().length)) {
            events.add(event);
            bytes += event.json().length;
        }
    }

    int size() {
        return events.size();
    }

    /** Takes back what came after the first so many. */
    void backTo(int size) {
        List<JournaledEvent> after = events.subList(size, events.size());
        after.forEach(event -> bytes -= event.json().length);
        after.clear();
        cut = false;
    }

    /** The last one's place; the other where there is none. */
    long lastId(long none) {
        return events.isEmpty() ? none : events.get(events.size() - 1).id();
    }

    /** In the order in which they were added. */
    List<JournaledEvent> events() {
        return events;
    }
}
