package io.github.falcogateway.sink;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The stretch of the journal that a sink has looked at and not delivered: at most so many events, however far behind
 * the sink is. Confined to one event loop.
 */
final class Backlog implements Waiting {

    private final int capacity;
    private final Deque<Delivery> pending = new ArrayDeque<>();
    private long seen;
    private long announced;
    private boolean behind;

    /**
     * An empty backlog.
     *
     * @param place the place up to which the sink is done
     * @param end the newest place in the journal
     */
    Backlog(int capacity, long place, long end) {
        this.capacity = capacity;
        this.seen = place;
        this.announced = end;
        this.behind = end > place;
    }

    /** Takes a stretch that was just journaled where it fits on what is there; else the journal has it for later. */
    void offer(SinkBatch batch) {
        announced = Math.max(announced, batch.lastId());
        if (batch.lastId() <= seen) {
            return;
        }
        boolean follows = !behind && batch.firstId() == seen + 1;
        if (!follows || pending.size() + batch.deliveries().size() > capacity) {
            behind = true;
            return;
        }
        pending.addAll(batch.deliveries());
        seen = batch.lastId();
    }

    /** The journal has come to this place, of which the bus may not have told yet. */
    void expect(long end) {
        announced = Math.max(announced, end);
        behind |= seen < announced;
    }

    /** Takes the next stretch read from the journal; an empty one means its end. */
    void fill(List<Delivery> deliveries, long lastId) {
        pending.addAll(deliveries);
        seen = Math.max(seen, lastId);
        behind = seen < announced;
    }

    /** The journal was read up to this end and has nothing more: what was missing there is gone. */
    void reachedEnd(long end) {
        seen = Math.max(seen, end);
        behind = seen < announced;
    }

    /** Whether there is room, and something in the journal, to read. */
    boolean wantsMore() {
        return behind && pending.isEmpty();
    }

    @Override
    public List<Delivery> next(int max) {
        List<Delivery> batch = new ArrayList<>(Math.min(max, pending.size()));
        for (Delivery delivery : pending) {
            if (batch.size() == max) {
                break;
            }
            batch.add(delivery);
        }
        return batch;
    }

    @Override
    public void done(int count) {
        for (int i = 0; i < count; i++) {
            pending.removeFirst();
        }
    }

    @Override
    public Delivery first() {
        return pending.getFirst();
    }

    @Override
    public boolean isEmpty() {
        return pending.isEmpty();
    }

    /** Whether nothing waits here or in the journal. */
    boolean isDrained() {
        return pending.isEmpty() && !behind;
    }

    @Override
    public int size() {
        return pending.size();
    }

    @Override
    public List<Delivery> takeBefore(Instant time) {
        List<Delivery> taken = new ArrayList<>();
        while (!pending.isEmpty()
                && pending.getFirst().event().event().arrival().isBefore(time)) {
            taken.add(pending.removeFirst());
        }
        return taken;
    }

    /** The first one is decided upon. */
    void drop() {
        pending.removeFirst();
    }

    /** The place up to which every event was looked at. */
    long seen() {
        return seen;
    }

    /** The place up to which the sink is done. */
    long cursor() {
        return pending.isEmpty() ? seen : pending.getFirst().event().id() - 1;
    }

    /** Goes on from another place. */
    void moveTo(long place) {
        pending.clear();
        seen = place;
        behind = announced > place;
    }
}
