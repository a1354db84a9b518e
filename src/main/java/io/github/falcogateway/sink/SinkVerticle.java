package io.github.falcogateway.sink;

import io.github.falcogateway.bus.Addresses;
import io.github.falcogateway.bus.Channel;
import io.github.falcogateway.journal.DeadLetter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One sink as a cursor on the journal: takes live events while it keeps up, reads the journal when it is behind, one
 * delivery at a time, and moves its place only past what is delivered or in the dead letters. Confined to one event
 * loop, but for {@link #status}.
 */
public final class SinkVerticle extends VerticleBase {

    private static final long TICK_MS = 250;

    private final SinkSpec spec;
    private final SinkContext on;
    private final Accounting accounting;
    private final Health health;
    private final Bookmark bookmark;
    private final Audience audience;

    private @Nullable Sink sink;
    private Backlog backlog;
    private boolean open;
    private boolean ready;
    private boolean stopping;
    private boolean unreadable;
    private final Revival revival;
    private final Catchup catchup;
    private @Nullable Promise<Void> drained;
    private final Steps steps = new Steps(this::ended);

    public SinkVerticle(SinkSpec spec, SinkContext on) {
        this.spec = spec;
        this.on = on;
        this.audience = spec.flood() == null ? new Machines() : new Notices(spec.flood(), on);
        this.accounting = new Accounting(spec, on, audience);
        this.health = new Health(spec.name(), spec.options());
        this.revival = new Revival(spec.name(), on.store(), accounting);
        this.catchup = new Catchup(spec.name(), on, spec.flood() != null);
        this.bookmark = new Bookmark(spec.name(), on.store());
        this.backlog = new Backlog(on.room(), 0, 0);
        accounting.show(health, backlog);
    }

    @Override
    public Future<?> start() {
        Sink made = spec.maker().get();
        sink = made;
        boolean known = bookmark.begin(made, on.journal().state(), on.table().certain());
        backlog = new Backlog(on.room(), bookmark.place(), on.journal().lastId());
        vertx.setPeriodic(TICK_MS, timer -> tick());
        accounting.show(health, backlog);
        return new Channel<>(vertx, Addresses.sink(spec.name()), SinkBatch.class)
                .consume(batch -> {
                    backlog.offer(audience.isPeople() ? batch : batch.withoutMarks());
                    pump();
                })
                .compose(consumer -> known
                        ? Future.succeededFuture()
                        : Bookmark.briefly(bookmark.save(bookmark.place(), Map.of(), Future.succeededFuture())))
                .compose(saved -> new Knowledge(made, audience).restore(on.store(), spec.name()))
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
                .compose(done -> Bookmark.briefly(save().eventually(bookmark::idle)))
                .eventually(() -> sink == null ? Future.succeededFuture() : sink.close());
    }

    /** Forgets its place, once it has ended; a disk that refuses is not waited for. From any thread. */
    public Future<Void> forget() {
        return Future.future(
                promise -> context.runOnContext(now -> bookmark.forget().onComplete(promise)));
    }

    /** How the sink stands; from any thread. */
    public SinkStatus status() {
        return accounting.status();
    }

    /** Done once everything that can be delivered is, for a stop in good order; from any thread. */
    public Future<Void> drain() {
        Promise<Void> promise = Promise.promise();
        context.runOnContext(now -> {
            drained = promise;
            backlog.expect(on.journal().lastId());
            health.hurry();
            pump();
            giveUp();
        });
        return promise.future();
    }

    /** Asks the journal for what the bus has not told; from any thread. */
    public void catchUp() {
        context.runOnContext(now -> {
            backlog.expect(on.journal().lastId());
            pump();
        });
    }

    /** Stops delivering until {@link #resume}; from any thread. */
    public void pause() {
        context.runOnContext(now -> {
            health.pause();
            accounting.show(health, backlog);
        });
    }

    /** Goes on after a pause or a fault that held the sink; from any thread. */
    public void resume() {
        context.runOnContext(now -> {
            health.resume();
            pump();
        });
    }

    /** Sends the dead letters of these events again, after what waits; what is refused again stays dead. From any thread. */
    public void redeliver(List<Long> ids) {
        context.runOnContext(now -> {
            revival.put(ids);
            pump();
        });
    }

    /** Says something of the gateway's own before all that waits, where people read it; from any thread. */
    public void say(Delivery word) {
        context.runOnContext(now -> {
            audience.say(word);
            health.poke();
            pump();
        });
    }

    /** Goes on after another place of the journal: what lies between is skipped, or sent again. From any thread. */
    public void moveTo(long place) {
        context.runOnContext(now -> {
            backlog.moveTo(place);
            pump();
        });
    }

    /** Does the next thing there is to do, if the sink is free to do it. */
    private void pump() {
        if (!steps.isBusy() && backlog.move()) {
            save();
        }
        accounting.show(health, backlog);
        if (ready && audience.isFull() && !bookmark.isBusy()) {
            save().onComplete(kept -> context.runOnContext(next -> pump()));
        }
        if (ready && audience.sift(backlog, on.clock().instant())) {
            health.poke();
        }
        if (steps.isBusy() || !ready || stopping || sink == null) {
            return;
        }
        Sink to = sink;
        boolean free = health.mayTry() && !isPaced(to);
        if (backlog.wantsMore() && (waiting().isEmpty() || audience.isPeople() && !(free && audience.isUrgent()))) {
            read();
        } else if (!free) {
            giveUp();
        } else if (!waiting().isEmpty() || !revival.isEmpty()) {
            steps.run(() -> !open ? open(to) : waiting().isEmpty() ? revive(to) : deliver(to));
        } else {
            health.well();
            accounting.show(health, backlog);
            if (drained != null) {
                drained.tryComplete();
            }
        }
    }

    /** Whether the receiver's limits ask to wait; where people read, each tick looks again. */
    private boolean isPaced(Sink to) {
        boolean something = !waiting().isEmpty() || !revival.isEmpty();
        return open && something && !to.pause(audience.isUrgent()).isZero();
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
            bookmark.rewind(backlog, cause);
            failed(Fault.of(cause));
        }
        // Not from here: a sink that answers at once would go ever deeper into the stack.
        context.runOnContext(next -> pump());
    }

    private void tick() {
        if (audience.isPeople() || unreadable) {
            unreadable = false;
            pump();
        }
        saveIfDue(List.of());
    }

    private Waiting waiting() {
        return audience.waiting(backlog);
    }

    private Future<Void> deliver(Sink to) {
        return audience.whole(waiting().next(spec.options().batch()))
                .compose(batch -> to.deliver(batch).compose(outcome -> {
                    settle(batch, outcome);
                    // What people were told is kept before more is: a crash repeats what is on its way, and no more.
                    return audience.isPeople() ? Bookmark.briefly(keep(to)) : Future.succeededFuture();
                }));
    }

    private Future<Void> revive(Sink to) {
        return revival.send(to, spec.options().batch()).onSuccess(this::failed).mapEmpty();
    }

    private void settle(List<Delivery> batch, Outcome outcome) {
        List<DeadLetter> dead = accounting.settle(batch, outcome);
        waiting().done(outcome.done());
        if (outcome.done() > 0 || outcome.fault() == null) {
            health.well();
        }
        saveIfDue(dead);
        failed(outcome.fault());
    }

    private void failed(@Nullable Fault fault) {
        if (fault == null) {
            return;
        }
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
        if (to == null || !ready || bookmark.isBusy() && !stopping) {
            return Future.succeededFuture();
        }
        boolean saved = bookmark.isSaved(backlog.cursor()) && !new Knowledge(to, audience).isChanged();
        return saved ? Future.succeededFuture() : keep(to);
    }

    private Future<Void> keep(Sink to) {
        Map<String, Buffer> notes = new Knowledge(to, audience).changes();
        Future<Void> flush = open ? to.flush() : Future.succeededFuture();
        return bookmark.save(backlog.cursor(), notes, flush.onFailure(this::unflushed));
    }

    private void unflushed(Throwable cause) {
        bookmark.rewind(backlog, cause);
        accounting.failed(Fault.of(cause));
        health.failed(Fault.of(cause), vertx, this::pump);
    }
}
