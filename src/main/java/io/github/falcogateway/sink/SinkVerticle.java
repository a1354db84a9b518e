package io.github.falcogateway.sink;

import io.github.falcogateway.bus.Addresses;
import io.github.falcogateway.bus.Channel;
import io.github.falcogateway.journal.DeadLetter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
    private static final long STORE_MS = 2000;

    private final SinkSpec spec;
    private final SinkContext on;
    private final Accounting accounting;
    private final Health health;
    private final Bookmark bookmark;
    /** Null for a sink that takes everything. */
    private final @Nullable Notices notices;

    private @Nullable Sink sink;
    private Backlog backlog = new Backlog(0, 0, 0);
    private boolean open;
    private boolean ready;
    private boolean stopping;
    private boolean unreadable;
    private final Revival revival;
    private final Catchup catchup;
    private long jump = -1;
    private @Nullable Promise<Void> drained;
    private final Steps steps = new Steps(this::ended);
    private volatile SinkStatus status;

    public SinkVerticle(SinkSpec spec, SinkContext on) {
        this.spec = spec;
        this.on = on;
        this.accounting = new Accounting(spec.name(), on);
        this.health = new Health(spec.name(), spec.options());
        this.revival = new Revival(spec.name(), on.store(), accounting);
        this.catchup = new Catchup(spec.name(), on);
        this.bookmark = new Bookmark(spec.name(), on.store());
        this.notices = spec.flood() == null ? null : new Notices(spec.flood(), on);
        this.status = standing();
    }

    @Override
    public Future<?> start() {
        Sink made = spec.maker().get();
        sink = made;
        long end = on.journal().state().lastId();
        boolean known = bookmark.begin(on.journal().state());
        backlog = new Backlog(CAPACITY, bookmark.place(), end);
        vertx.setPeriodic(TICK_MS, timer -> tick());
        show();
        return new Channel<>(vertx, Addresses.sink(spec.name()), SinkBatch.class)
                .consume(this::take)
                .compose(consumer -> known
                        ? Future.succeededFuture()
                        : briefly(bookmark.save(bookmark.place(), Map.of(), Future.succeededFuture())))
                .compose(saved -> new Knowledge(made, notices).restore(on.store(), spec.name()))
                .onSuccess(done -> {
                    ready = true;
                    pump();
                });
    }

    @Override
    public Future<?> stop() {
        stopping = true;
        health.pause();
        // What is on its way may arrive: cut off, it would arrive twice.
        return steps.idle(spec.options().timeout().plusMillis(TICK_MS))
                .compose(done -> briefly(save()))
                .eventually(() -> sink == null ? Future.succeededFuture() : sink.close());
    }

    /** A disk that refuses must not keep the gateway from starting or ending. */
    private static Future<Void> briefly(Future<Void> saved) {
        return saved.timeout(STORE_MS, TimeUnit.MILLISECONDS).otherwiseEmpty();
    }

    /** How the sink stands; from any thread. */
    public SinkStatus status() {
        return status;
    }

    /** Done once everything that can be delivered is, for a stop in good order; from any thread. */
    public Future<Void> drain() {
        Promise<Void> promise = Promise.promise();
        context.runOnContext(now -> {
            drained = promise;
            health.hurry();
            pump();
            giveUp();
        });
        return promise.future();
    }

    /** Stops delivering until {@link #resume}; from any thread. */
    public void pause() {
        context.runOnContext(now -> {
            health.pause();
            show();
        });
    }

    /** Goes on after a pause or a fault that held the sink; from any thread. */
    public void resume() {
        context.runOnContext(now -> {
            health.resume();
            pump();
        });
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

    /** Does the next thing there is to do, if the sink is free to do it. */
    private void pump() {
        jump();
        show();
        if (ready && notices != null && notices.sift(backlog, on.clock().instant())) {
            health.poke();
        }
        if (steps.isBusy() || !ready || stopping || sink == null) {
            return;
        }
        Sink to = sink;
        if (waiting().isEmpty() && backlog.wantsMore()) {
            read();
        } else if (!health.mayTry()) {
            return;
        } else if (!waiting().isEmpty()) {
            steps.run(() -> open ? deliver(to) : open(to));
        } else if (!revival.isEmpty()) {
            steps.run(() -> open ? revive(to) : open(to));
        } else {
            health.well();
            show();
            if (drained != null) {
                drained.tryComplete();
            }
        }
    }

    private Future<Void> open(Sink closed) {
        return closed.open().onSuccess(done -> open = true);
    }

    private void read() {
        if (!unreadable) {
            steps.run(() -> catchup.read(backlog, spec.options().batch()).onFailure(bad -> unreadable = true));
        }
    }

    private void ended(@Nullable Throwable cause) {
        if (cause != null) {
            failed(Fault.of(cause));
        }
        // Not from here: a sink that answers at once would go ever deeper into the stack.
        context.runOnContext(next -> pump());
    }

    private void tick() {
        if (notices != null || unreadable) {
            unreadable = false;
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
        if (jump >= 0 && !steps.isBusy()) {
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
            health.well();
        }
        saveIfDue(dead);
        if (outcome.fault() != null) {
            failed(outcome.fault());
        }
    }

    private void failed(Fault fault) {
        accounting.failed(fault);
        if (!fault.hold()) {
            // What was tried for long enough goes to the dead letters.
            Instant oldest = on.clock().instant().minus(spec.options().maxAge());
            saveIfDue(accounting.expired(waiting().takeBefore(oldest)));
        }
        health.failed(fault, vertx, this::pump);
        giveUp();
    }

    /** A stop does not wait for a sink that cannot deliver now: the journal has its events. */
    private void giveUp() {
        if (drained != null && !steps.isBusy() && !health.mayTry()) {
            drained.tryComplete();
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
        if (to == null || !ready || bookmark.isBusy() && !stopping) {
            return Future.succeededFuture();
        }
        Knowledge knowledge = new Knowledge(to, notices);
        if (bookmark.isSaved(place) && !knowledge.isChanged()) {
            return Future.succeededFuture();
        }
        return bookmark.save(place, knowledge.changes(), open ? to.flush() : Future.succeededFuture());
    }

    private void show() {
        status = standing();
    }

    private SinkStatus standing() {
        Waiting waiting = waiting();
        Instant oldest =
                waiting.isEmpty() ? null : waiting.first().event().event().arrival();
        return accounting.status(
                spec,
                health.state(),
                new Accounting.Position(backlog.cursor(), waiting.size(), oldest, health.faults()));
    }
}
