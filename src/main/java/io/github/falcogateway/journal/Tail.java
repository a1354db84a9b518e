package io.github.falcogateway.journal;

import io.github.falcogateway.event.JournaledEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newest events in memory, so that whoever is a little behind needs no disk. Thread-safe. */
final class Tail {

    private static final long MAX_BYTES = 2L << 20;

    private final Deque<JournaledEvent> events = new ArrayDeque<>();
    private long bytes;

    synchronized void add(List<JournaledEvent> more) {
        for (JournaledEvent event : more) {
            events.addLast(event);
            bytes += event.json().length;
        }
        while (bytes > MAX_BYTES) {
            bytes -= events.removeFirst().json().length;
        }
    }

    /** The events after a place; null where that place is no longer here. */
    synchronized @Nullable List<JournaledEvent> after(long afterId, Limit limit) {
        if (events.isEmpty() || events.getFirst().id() > afterId + 1) {
            return null;
        }
        Page page = new Page(limit);
        long skip = Math.max(0, afterId + 1 - events.getFirst().id());
        for (JournaledEvent event : events) {
            if (skip-- > 0 && event.id() <= afterId) {
                continue;
            }
            if (event.id() > afterId) {
                page.add(event);
            }
            if (page.isFull()) {
                break;
            }
        }
        return page.events();
    }
}
