package io.github.falcogateway.testing;

import io.github.falcogateway.journal.DeadLetter;
import io.github.falcogateway.journal.Limit;
import io.github.falcogateway.journal.Rejected;
import io.github.falcogateway.journal.Store;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A store whose process was killed: what is to be kept from then on is not. Thread-safe. */
public final class ForgetfulStore implements Store {

    private final Store store;
    private final AtomicInteger onTheWay = new AtomicInteger();
    private volatile boolean killed;

    public ForgetfulStore(Store store) {
        this.store = store;
    }

    public void forget() {
        killed = true;
    }

    /** Whether the disk takes so long that a place is still on its way to it. */
    public boolean isBehind() {
        return onTheWay.get() > 0;
    }

    @Override
    public boolean isNew() {
        return store.isNew();
    }

    @Override
    public void settle() {
        store.settle();
    }

    @Override
    public Map<String, Long> cursors() {
        return store.cursors();
    }

    @Override
    public Future<Void> commit(String sink, long id, List<DeadLetter> dead, Map<String, Buffer> notes) {
        if (killed) {
            return Future.failedFuture("killed");
        }
        onTheWay.incrementAndGet();
        return store.commit(sink, id, dead, notes).onComplete(done -> onTheWay.decrementAndGet());
    }

    @Override
    public Future<Void> keep(String owner, Map<String, Buffer> notes) {
        return killed ? Future.failedFuture("killed") : store.keep(owner, notes);
    }

    @Override
    public Future<Map<String, Buffer>> notes(String owner) {
        return store.notes(owner);
    }

    @Override
    public Future<Void> forget(String sink) {
        return killed ? Future.failedFuture("killed") : store.forget(sink);
    }

    @Override
    public Future<List<DeadLetter>> dead(String sink, long afterId, Limit limit) {
        return store.dead(sink, afterId, limit);
    }

    @Override
    public Future<Void> revived(String sink, List<Long> ids) {
        return killed ? Future.failedFuture("killed") : store.revived(sink, ids);
    }

    @Override
    public Future<Void> quarantine(Rejected rejected) {
        return store.quarantine(rejected);
    }

    @Override
    public Future<List<Rejected>> rejected(int max) {
        return store.rejected(max);
    }

    @Override
    public Future<Void> close() {
        return store.close();
    }
}
