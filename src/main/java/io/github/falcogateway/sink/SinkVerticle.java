package io.github.falcogateway.sink;

import io.github.falcogateway.bus.Addresses;
import io.github.falcogateway.bus.Channel;
import io.github.falcogateway.journal.DeadLetter;
import io.github.falcogateway.telemetry.FaultReason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
    private static final long TICK_MS = 250;

    private final SinkSpec spec;
    private final SinkContext on;
    private final Accounting accounting;
    private final Retry retry;
    private final Bookmark bookmark;
    /** Null for a sink that takes everything. */
    private final @Nullable Notices notices;

    private @Nullable Sink sink;
    private Backlog backlog = new Backlog(0, 0, 0);
    private SinkState state = SinkState.RUNNING;
    private boolean open;
    private boolean busy;
    private boolean ready;
    private final Revival revival;
    private final Catchup catchup;
    private long jump = -1;
    private @Nullable Promise<Void> drained;
    private volatile @Nullable SinkStatus status;

    public SinkVerticle(SinkSpec spec, SinkContext on) {
        this.spec = spec;
        this.on = on;
        this.accounting = new Accounting(spec.name(), on);
        this.retry = new Retry(spec.options());
        this.revival = new Revival(spec.name(), on.store(), accounting);
        this.catchup = new Catchup(spec.name(), on);
        this.bookmark = new Bookmark(spec.name(), on.store());
        this.notices = spec.flood() == null ? null : new Notices(spec.flood(), on);
    }

    @Override
    public Future<?> start() {
        sink = spec.maker().get();
        long end = on.journal().state().lastId();
        // A new sink starts at the journal's end: nobody wants a month of old alarms in a new channel.
        Long kept = on.store().cursors().get(spec.name());
        long place = kept == null ? end : kept;
        bookmark.at(place);
        backlog = new Backlog(CAPACITY, place, end);
        vertx.setPeriodic(TICK_MS, timer -> tick());
        show();
        Channel<SinkBatch> channel = new Channel<>(vertx, Addresses.sink(spec.name()), SinkBatch.class);
        return channel.consume(this::take)
                .compose(consumer -> kept == null
                        ? bookmark.save(end, Map.of(), Future.succeededFuture())
                        : Future.succeededFuture())
                .compose(saved -> restore())
                .onSuccess(done -> {
                    ready = true;
                    pump();
                });
    }

    @Override
    public Future<?> stop() {
        retry.cancel();
        state = SinkState.PAUSED;
        return save().otherwiseEmpty().eventually(() -> sink == null ? Future.succeededFuture() : sink.close());
    }

    /** How the sink stands; from any thread. */
    public SinkStatus status() {
        SinkStatus now = status;
        return now != null ? now : new SinkStatus(spec.name(), spec.type(), state, 0, 0, null, null, "", null, 0);
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
            retry.cancel();
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
        retry.cancel();
        state = SinkState.RUNNING;
        pump();
    }

    /** Does the next thing there is to do, if the sink is free to do it. */
    private void pump() {
        jump();
        show();
        boolean urgent =
                ready && notices != null && notices.sift(backlog, on.clock().instant());
        if (urgent && state == SinkState.RETRYING && retry.poke()) {
            state = SinkState.RUNNING;
        }
        if (busy || !ready || state != SinkState.RUNNING || sink == null) {
            return;
        }
        Sink to = sink;
        if (!waiting().isEmpty()) {
            run(() -> open ? deliver(to) : open(to));
        } else if (backlog.wantsMore()) {
            run(() -> catchup.read(backlog, spec.options().batch()));
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

    private Future<Void> restore() {
        if (notices == null) {
            return Future.succeededFuture();
        }
        Notices mine = notices;
        return on.store().notes(spec.name()).map(notes -> {
            mine.restore(notes, on.events());
            return null;
        });
    }

    private void tick() {
        if (notices != null) {
            pump();
        }
        save();
    }

    private Waiting waiting() {
        return notices == null ? backlog : notices.outbox();
    }

    private Future<Void> deliver(Sink to) {
        List<Delivery> batch = waiting().next(spec.options().batch());
        return to.deliver(batch).map(outcome -> {
            settle(batch, outcome);
            return null;
        });
    }

    private Future<Void> revive(Sink to) {
        return revival.send(to, spec.options().batch())
                .onSuccess(fault -> {
                    if (fault != null) {
                        failed(fault);
                    }
                })
                .mapEmpty();
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
        waiting().done(outcome.done());
        if (outcome.done() > 0 || outcome.fault() == null) {
            retry.reset();
        }
        saveIfDue(dead);
        if (outcome.fault() != null) {
            failed(outcome.fault());
        }
    }

    private void failed(Fault fault) {
        accounting.failed(fault);
        expire();
        if (fault.hold()) {
            state = SinkState.HELD;
            LOG.error("sink {} is held: {}", spec.name(), fault);
            return;
        }
        state = SinkState.RETRYING;
        retry.after(fault, vertx, this::again);
        if (fault.retryAfter() == null && retry.faults() == 1) {
            LOG.warn("sink {} retries: {}", spec.name(), fault);
        }
    }

    /** Puts what is older than {@code retry.max_age} into the dead letters: it has been tried for long enough. */
    private void expire() {
        Instant oldest = on.clock().instant().minus(spec.options().maxAge());
        List<Delivery> expired = waiting().takeBefore(oldest);
        if (!expired.isEmpty()) {
            saveIfDue(accounting.expired(expired));
        }
    }

    private void saveIfDue(List<DeadLetter> dead) {
        if (bookmark.add(dead)) {
            save();
        }
    }

    private Future<Void> save() {
        Sink to = sink;
        long place = backlog.cursor();
        boolean noted = notices == null || !notices.isChanged();
        if (to == null || !ready || (bookmark.isSaved(place) && noted)) {
            return Future.succeededFuture();
        }
        Map<String, Buffer> notes = notices == null ? Map.of() : notices.changes();
        return bookmark.save(place, notes, open ? to.flush() : Future.succeededFuture());
    }

    private void show() {
        Waiting waiting = waiting();
        Instant oldest =
                waiting.isEmpty() ? null : waiting.first().event().event().arrival();
        status = accounting.status(
                spec, state, new Accounting.Position(backlog.cursor(), waiting.size(), oldest, retry.faults()));
    }
}
