package io.github.falcogateway.testing;

import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.Fault;
import io.github.falcogateway.sink.Outcome;
import io.github.falcogateway.sink.Sink;
import io.github.falcogateway.sink.UnsyncedException;
import io.github.falcogateway.telemetry.FaultReason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Takes some, refuses some, loses some, fails in every way there is, now and later. Thread-safe. */
public final class FlakySink implements Sink {

    private final Vertx vertx;
    private final Random random;
    private final boolean loses;
    private final List<Long> deliveries = new ArrayList<>();
    private final Set<Long> refused = new HashSet<>();
    private final List<String> outOfOrder = new ArrayList<>();
    private long last;
    private int synced;
    private boolean well;

    /** @param loses whether a flush may fail, and what was delivered since the last one be gone */
    public FlakySink(Vertx vertx, Random random, boolean loses) {
        this.vertx = vertx;
        this.random = random;
        this.loses = loses;
    }

    @Override
    public synchronized Future<Void> open() {
        return fails(6) ? Future.failedFuture(new IOException("cannot be opened")) : Future.succeededFuture();
    }

    @Override
    public synchronized Future<Outcome> deliver(List<Delivery> batch) {
        if (fails(20)) {
            throw new IllegalStateException("thrown");
        }
        if (fails(20)) {
            return Future.failedFuture(new IOException("failed"));
        }
        if (loses && fails(30)) {
            return lose();
        }
        int done = fails(4) ? random.nextInt(batch.size() + 1) : batch.size();
        Map<Integer, String> why = new HashMap<>();
        for (int i = 0; i < done; i++) {
            long id = batch.get(i).event().id();
            if (fails(30)) {
                why.put(i, "status 400");
                refused.add(id);
            } else {
                deliver(id);
            }
        }
        Fault fault = done == batch.size() ? null : fault();
        Outcome outcome = new Outcome(done, why, fault);
        return random.nextBoolean()
                ? Future.succeededFuture(outcome)
                : vertx.timer(1).map(later -> outcome);
    }

    @Override
    public synchronized Future<Void> flush() {
        if (loses && fails(6)) {
            return lose();
        }
        synced = deliveries.size();
        return random.nextBoolean() ? Future.succeededFuture() : vertx.timer(1).mapEmpty();
    }

    private <T> Future<T> lose() {
        deliveries.subList(synced, deliveries.size()).clear();
        // They come again.
        last = 0;
        return Future.failedFuture(new UnsyncedException("lost"));
    }

    private void deliver(long id) {
        // A dead letter that is sent again is behind the others, and may be.
        if (id < last && !refused.contains(id)) {
            outOfOrder.add(id + " after " + last);
        }
        last = Math.max(last, id);
        deliveries.add(id);
    }

    private Fault fault() {
        return switch (random.nextInt(3)) {
            case 0 -> Fault.passing(FaultReason.SERVER_ERROR, "503");
            case 1 -> Fault.wait(FaultReason.RATE_LIMITED, "429", Duration.ofMillis(2));
            default -> Fault.probing(FaultReason.UNAUTHORIZED, "401", Duration.ofMillis(2));
        };
    }

    private boolean fails(int oneIn) {
        return !well && random.nextInt(oneIn) == 0;
    }

    /** From now on everything is taken. */
    public synchronized void heal() {
        well = true;
    }

    /** Old events may come again. */
    public synchronized void crashed() {
        last = 0;
    }

    /** Dead letters may come again, expired ones too. */
    public synchronized void allowAgain(Set<Long> dead) {
        refused.addAll(dead);
    }

    public synchronized Set<Long> delivered() {
        return new HashSet<>(deliveries);
    }

    public synchronized List<Long> deliveries() {
        return List.copyOf(deliveries);
    }

    public synchronized List<String> outOfOrder() {
        return List.copyOf(outOfOrder);
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
