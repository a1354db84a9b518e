package io.github.falcogateway.sink;

import io.github.falcogateway.journal.Limit;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * The stretch of the journal that a sink has looked at and not delivered: at most so many events and bytes, however far
 * behind the sink is. Confined to one event loop.
 */
final class Backlog implements Waiting {

    private final Supplier<Limit> capacity;
    private final Deque<Delivery> pending = new ArrayDeque<>();
    private long bytes;
    private long seen;
    private long announced;
    private boolean behind;
    private long jump = -1;

    /**
     * An empty backlog.
     *
     * @param capacity how much of what comes live it holds now; what is beyond is in the journal
     * @param place the place up to which the sink is done
     * @param end the newest place in the journal
     */
    Backlog(Supplier<Limit> capacity, long place, long end) {
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
        if (!follows || !fits(batch.deliveries())) {
            behind = true;
            return;
        }
        add(batch.deliveries());
        seen = batch.lastId();
    }

    /** The journal has come to this place, of which the bus may not have told yet. */
    void expect(long end) {
        announced = Math.max(announced, end);
        behind |= seen < announced;
    }

    /** Takes the next stretch read from the journal; an empty one means its end. */
    void fill(List<Delivery> deliveries, long lastId) {
        add(deliveries);
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
    public List<Delivery> next(Limit limit) {
        return limit.first(pending, Delivery::size);
    }

    @Override
    public void done(int count) {
        for (int i = 0; i < count; i++) {
            drop();
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
            taken.add(pending.getFirst());
            drop();
        }
        return taken;
    }

    /** The first one is decided upon. */
    void drop() {
        bytes -= pending.removeFirst().size();
    }

    /** The place up to which every event was looked at. */
    long seen() {
        return seen;
    }

    /** The place up to which the sink is done; what is to come again is not. */
    long cursor() {
        long done = pending.isEmpty() ? seen : pending.getFirst().event().id() - 1;
        return jump < 0 ? done : Math.min(done, jump);
    }

    /** Asks for another place to go on from, to be taken by {@link #move}. */
    void moveTo(long place) {
        jump = place;
    }

    /** Goes on from the place that was asked for, once nothing is on its way; whether one was. */
    boolean move() {
        if (jump < 0) {
            return false;
        }
        pending.clear();
        bytes = 0;
        seen = jump;
        behind = announced > jump;
        jump = -1;
        return true;
    }

    private boolean fits(List<Delivery> more) {
        long sum = bytes;
        for (Delivery delivery : more) {
            sum += delivery.size();
        }
        Limit most = capacity.get();
        return sum <= most.bytes() && pending.size() + more.size() <= most.events();
    }

    private void add(List<Delivery> more) {
        for (Delivery delivery : more) {
            pending.addLast(delivery);
            bytes += delivery.size();
        }
    }
}
