package io.github.falcogateway.intake;

import io.github.falcogateway.bus.Addresses;
import io.github.falcogateway.bus.Appended;
import io.github.falcogateway.bus.Channel;
import io.github.falcogateway.event.JournaledEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells the bus what the journal has taken: at once after a pause, else a few milliseconds of commits together. Every
 * announcement wakes the dispatch, the live view and each sink, which costs more than a small commit's events do.
 * Thread-safe.
 */
final class Announcements {

    private static final long PAUSE_MS = 5;
    private static final int MANY = 500;

    private final Vertx vertx;
    private final Context timers;
    private final Channel<Appended> channel;
    private List<JournaledEvent> waiting = new ArrayList<>();
    private long toldAt = System.nanoTime();
    private boolean scheduled;

    Announcements(Vertx vertx) {
        this.vertx = vertx;
        this.timers = vertx.getOrCreateContext();
        this.channel = new Channel<>(vertx, Addresses.JOURNAL_APPENDED, Appended.class);
    }

    /** Takes what was newly journaled, in order. */
    synchronized void add(List<JournaledEvent> events) {
        if (!waiting.isEmpty()
                && waiting.get(waiting.size() - 1).id() + 1 != events.get(0).id()) {
            tell();
        }
        waiting.addAll(events);
        long rest = PAUSE_MS - (System.nanoTime() - toldAt) / 1_000_000;
        if (rest <= 0 || waiting.size() >= MANY) {
            tell();
        } else if (!scheduled) {
            scheduled = true;
            timers.runOnContext(now -> vertx.setTimer(rest, late -> due()));
        }
    }

    private void tell() {
        toldAt = System.nanoTime();
        if (!waiting.isEmpty()) {
            // Within the lock: whoever hears of it hears of it in order.
            channel.publish(new Appended(waiting));
            waiting = new ArrayList<>();
        }
    }

    private synchronized void due() {
        scheduled = false;
        tell();
    }
}
