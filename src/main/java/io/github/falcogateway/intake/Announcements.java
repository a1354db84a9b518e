package io.github.falcogateway.intake;

import io.github.falcogateway.bus.Addresses;
import io.github.falcogateway.bus.Appended;
import io.github.falcogateway.bus.Channel;
import io.github.falcogateway.event.JournaledEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Tells the bus what the journal has taken: at once after a pause, else a few milliseconds of commits together. Every
 * announcement wakes the dispatch, the live view and each sink, which costs more than a small commit's events do. Where
 * the rule table is slower than the journal, the journal waits: what is announced is in memory. Thread-safe.
 */
final class Announcements {

    private static final long PAUSE_MS = 5;
    private static final int MANY = 500;
    /** So many bytes of events may wait for the rule table. */
    private static final int ROOM = 8 << 20;
    /** A small event takes more than its bytes. */
    private static final int LEAST = 1024;
    /** No commit waits longer: a table that stands still must not stop the taking of events. */
    private static final long LONGEST_MS = 250;

    private final Vertx vertx;
    private final Context timers;
    private final Channel<Appended> channel;
    private final Semaphore room = new Semaphore(ROOM);
    private List<JournaledEvent> waiting = new ArrayList<>();
    /** The room that those hold. */
    private int held;

    private long toldAt = System.nanoTime();
    private boolean scheduled;

    Announcements(Vertx vertx) {
        this.vertx = vertx;
        this.timers = vertx.getOrCreateContext();
        this.channel = new Channel<>(vertx, Addresses.JOURNAL_APPENDED, Appended.class);
    }

    /** Takes what was newly journaled, in order; on the journal's thread, which waits for room. */
    void add(List<JournaledEvent> events) {
        add(events, makeRoom(cost(events)));
    }

    private static int cost(List<JournaledEvent> events) {
        long cost = 0;
        for (JournaledEvent event : events) {
            cost += Math.max(LEAST, event.json().length);
        }
        return (int) Math.min(ROOM, cost);
    }

    private int makeRoom(int bytes) {
        try {
            return room.tryAcquire(bytes, LONGEST_MS, TimeUnit.MILLISECONDS) ? bytes : 0;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private synchronized void add(List<JournaledEvent> events, int holding) {
        for (JournaledEvent event : events) {
            // Also within a commit, where the disk refuses and some of it is not held in memory.
            if (!waiting.isEmpty() && waiting.get(waiting.size() - 1).id() + 1 != event.id()) {
                tell();
            }
            waiting.add(event);
        }
        held += holding;
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
            int holding = held;
            channel.publish(new Appended(waiting, () -> room.release(holding)));
            waiting = new ArrayList<>();
            held = 0;
        }
    }

    private synchronized void due() {
        scheduled = false;
        tell();
    }
}
