package io.github.falcogateway.journal;

import io.github.falcogateway.event.JournaledEvent;
import java.io.IOException;
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

    /** Reads from the disk into a page. */
    @FunctionalInterface
    interface Disk {
        void into(Page page) throws IOException;
    }

    /** What the disk has after a place, and behind it what only memory holds. */
    List<JournaledEvent> after(long id, Limit limit, Disk disk) throws IOException {
        // Before the disk: what is written to it meanwhile is found there and here, and not in neither.
        List<JournaledEvent> here = after(id, limit.events());
        Page page = new Page(limit);
        disk.into(page);
        long last = page.lastId(id);
        here.stream().filter(event -> event.id() > last).forEach(page::add);
        return page.events();
    }

    private synchronized List<JournaledEvent> after(long id, int max) {
        return events.stream().filter(event -> event.id() > id).limit(max).toList();
    }

    /** Adds what is before a place, newest first, until the page is full. */
    synchronized void before(long id, Page to) {
        for (int i = events.size() - 1; i >= 0 && !to.isFull(); i--) {
            if (events.get(i).id() < id) {
                to.add(events.get(i));
            }
        }
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
