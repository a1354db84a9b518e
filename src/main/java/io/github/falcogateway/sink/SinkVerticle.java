package io.github.falcogateway.sink;

import io.github.falcogateway.bus.Addresses;
import io.github.falcogateway.bus.Channel;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.journal.DeadLetter;
import io.github.falcogateway.telemetry.FaultReason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One sink as a cursor on the journal: takes live events while it keeps up, reads the journal when it is behind, one
 * delivery at a time, and moves its place only past what is delivered or in the dead letters. Confined to one event
 * loop, but for {@link #status}.
 */
public final class SinkVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(SinkVerticle.class);
    private static final int CAPACITY = 4096;
    private static final long COMMIT_EVERY_MS = 250;

    private final SinkSpec spec;
    private final SinkContext on;
    private final Backoff backoff;
    private final Accounting accounting;
    private @Nullable Sink sink;
    private Backlog backlog = new Backlog(0, 0, 0);
    private SinkState state = SinkState.RUNNING;
    private boolean open;
    private boolean busy;
    private final List<DeadLetter> unsaved = new ArrayList<>();
    private final Revival revival = new Revival();
    private long jump = -1;
    private long committed;
    private long savedAt;
    private long retryTimer = -1;
    private @Nullable Promise<Void> drained;
    private volatile @Nullable SinkStatus status;

    public SinkVerticle(SinkSpec spec, SinkContext on) {
        this.spec = spec;
        this.on = on;
        this.backoff = new Backoff(spec.options().retryMin(), spec.options().retryMax(), ThreadLocalRandom.current());
        this.accounting = new Accounting(spec.name(), on);
    }

    @Override
    public Future<?> start() {
        sink = spec.maker().get();
        long end = on.journal().state().lastId();
        // A new sink starts at the journal's end: nobody wants a month of old alarms in a new channel.
        Long kept = on.store().cursors().get(spec.name());
        committed = kept == null ? end : kept;
        backlog = new Backlog(CAPACITY, committed, end);
        vertx.setPeriodic(COMMIT_EVERY_MS, timer -> save());
        show();
        Channel<SinkBatch> channel = new Channel<>(vertx, Addresses.sink(spec.name()), SinkBatch.class);
        return channel.consume(this::take)
                .compose(consumer ->
                        kept == null ? on.store().commit(spec.name(), end, List.of()) : Future.succeededFuture())
                .onSuccess(done -> pump());
    }

    @Override
    public Future<?> stop() {
        vertx.cancelTimer(retryTimer);
        state = SinkState.PAUSED;
        return save().otherwiseEmpty().eventually(() -> sink == null ? Future.succeededFuture() : sink.close());
    }

    /** How the sink stands; from any thread. */
    public SinkStatus status() {
        SinkStatus current = status;
        if (current == null) {
            return new SinkStatus(spec.name(), spec.type(), state, 0, 0, null, null, "", null, 0);
        }
        return current;
    }

    /** Done once everything journaled is delivered, for a stop in good order; from any thread. */
    public Future<Void> drain() {
        Promise<Void> promise = Promise.promise();
        context.runOnContext(now -> {
            drained = promise;
            pump();
        });
        return promise.future();
    }

    /** Stops delivering until {@link #resume}; from any thread. */
    public void pause() {
        context.runOnContext(now -> {
            vertx.cancelTimer(retryTimer);
            state = SinkState.PAUSED;
            show();
        });
    }

    /** Goes on after a pause or a fault that held the sink; from any thread. */
    public void resume() {
        context.runOnContext(now -> again());
    }

    /** Sends dead letters again, after what waits; what is refused again stays dead. From any thread. */
    public void redeliver(List<DeadLetter> letters) {
        context.runOnContext(now -> {
            revival.put(letters);
            pump();
        });
    }

    /** Goes on after another place of the journal: what lies between is skipped, or sent again. From any thread. */
    public void moveTo(long place) {
        context.runOnContext(now -> {
            jump = place;
            pump();
        });
    }

    private void take(SinkBatch batch) {
        backlog.offer(batch);
        pump();
    }

    private void again() {
        vertx.cancelTimer(retryTimer);
        state = SinkState.RUNNING;
        pump();
    }

    /** Does the next thing there is to do, if the sink is free to do it. */
    private void pump() {
        jump();
        show();
        if (busy || state != SinkState.RUNNING || sink == null) {
            return;
        }
        Sink to = sink;
        if (!backlog.isEmpty()) {
            run(() -> open ? deliver(to) : open(to));
        } else if (backlog.wantsMore()) {
            run(this::read);
        } else if (!revival.isEmpty()) {
            run(() -> open ? revive(to) : open(to));
        } else if (drained != null) {
            drained.tryComplete();
        }
    }

    private void run(Supplier<Future<Void>> step) {
        busy = true;
        // A step that throws is a step that failed: the sink must not stand still for it.
        Future.<Void>future(promise -> step.get().onComplete(promise)).onComplete(result -> {
            busy = false;
            if (result.failed()) {
                failed(Fault.passing(FaultReason.INTERNAL, String.valueOf(result.cause())));
            }
            // Not from here: a sink that answers at once would go ever deeper into the stack.
            context.runOnContext(next -> pump());
        });
    }

    private Future<Void> open(Sink closed) {
        return closed.open().onSuccess(done -> open = true);
    }

    private Future<Void> read() {
        return on.journal().readAfter(backlog.seen(), spec.options().batch()).map(page -> {
            if (page.isEmpty()) {
                backlog.reachedEnd(on.journal().state().lastId());
                return null;
            }
            List<Delivery> deliveries = new ArrayList<>();
            for (JournaledEvent event : page) {
                String route = on.table().get().match(event.event()).sinks().get(spec.name());
                if (route != null) {
                    deliveries.add(new Delivery(event, route));
                }
            }
            backlog.fill(deliveries, page.get(page.size() - 1).id());
            return null;
        });
    }

    private Future<Void> deliver(Sink to) {
        List<Delivery> batch = backlog.next(spec.options().batch());
        return to.deliver(batch).map(outcome -> {
            settle(batch, outcome);
            return null;
        });
    }

    private Future<Void> revive(Sink to) {
        List<DeadLetter> batch = revival.next(spec.options().batch());
        return to.deliver(batch.stream()
                        .map(letter -> new Delivery(letter.event(), letter.route()))
                        .toList())
                .compose(outcome -> {
                    List<Long> delivered = accounting.revived(batch, outcome);
                    revival.done(outcome.done());
                    if (outcome.fault() != null) {
                        failed(outcome.fault());
                    }
                    return delivered.isEmpty()
                            ? Future.succeededFuture()
                            : on.store().revived(spec.name(), delivered);
                });
    }

    /** Goes to the place an operator asked for, once nothing is on its way. */
    private void jump() {
        if (jump >= 0 && !busy) {
            LOG.warn("sink {} goes from event {} to {}", spec.name(), backlog.cursor(), jump);
            backlog.moveTo(jump);
            jump = -1;
            save();
        }
    }

    private void settle(List<Delivery> batch, Outcome outcome) {
        List<DeadLetter> dead = accounting.settle(batch, outcome);
        backlog.done(outcome.done());
        if (outcome.done() > 0 || outcome.fault() == null) {
            backoff.reset();
        }
        commit(dead);
        if (outcome.fault() != null) {
            failed(outcome.fault());
        }
    }

    private void failed(Fault fault) {
        accounting.failed(fault);
        expire();
        if (fault.hold()) {
            state = SinkState.HELD;
            LOG.error(
                    "sink {} is held: {} ({})",
                    spec.name(),
                    fault.detail(),
                    fault.reason().label());
            return;
        }
        long wait = backoff.next();
        Duration asked = fault.retryAfter();
        if (asked != null) {
            wait = Math.max(1, asked.toMillis());
        } else if (backoff.faults() == 1) {
            LOG.warn(
                    "sink {} retries: {} ({})",
                    spec.name(),
                    fault.detail(),
                    fault.reason().label());
        }
        state = SinkState.RETRYING;
        retryTimer = vertx.setTimer(wait, timer -> again());
    }

    /** Puts what is older than {@code retry.max_age} into the dead letters: it has been tried for long enough. */
    private void expire() {
        Instant oldest = on.clock().instant().minus(spec.options().maxAge());
        List<Delivery> expired = new ArrayList<>();
        while (!backlog.isEmpty() && backlog.first().event().event().arrival().isBefore(oldest)) {
            expired.add(backlog.first());
            backlog.done(1);
        }
        if (!expired.isEmpty()) {
            commit(accounting.expired(expired));
        }
    }

    /** Keeps the place, at once where something died, else a few times a second at most. */
    private void commit(List<DeadLetter> dead) {
        unsaved.addAll(dead);
        if (!dead.isEmpty() || System.nanoTime() - savedAt >= COMMIT_EVERY_MS * 1_000_000) {
            save();
        }
    }

    private Future<Void> save() {
        Sink to = sink;
        long place = backlog.cursor();
        if ((place == committed && unsaved.isEmpty()) || to == null) {
            return Future.succeededFuture();
        }
        List<DeadLetter> dead = List.copyOf(unsaved);
        unsaved.clear();
        committed = place;
        savedAt = System.nanoTime();
        return (open ? to.flush() : Future.<Void>succeededFuture())
                .compose(flushed -> on.store().commit(spec.name(), place, dead))
                .onFailure(cause -> {
                    // The place stays where it was: what follows it comes again after a restart.
                    committed = -1;
                    unsaved.addAll(dead);
                    LOG.error("sink {}: its place could not be kept: {}", spec.name(), cause.toString());
                });
    }

    private void show() {
        Instant oldest =
                backlog.isEmpty() ? null : backlog.first().event().event().arrival();
        status = accounting.status(
                spec, state, new Accounting.Position(backlog.cursor(), backlog.size(), oldest, backoff.faults()));
    }
}
