package io.github.falcogateway.journal;

import io.github.falcogateway.event.EventReader;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state beside the log in one SQLite file. What comes in while a transaction runs goes into the next one, all of it
 * together; while the disk refuses, it waits in memory. Thread-safe.
 */
public final class EmbeddedStore implements Store {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedStore.class);
    private static final int RETRY_MILLIS = 1000;
    private static final long TELL_NANOS = 10_000_000_000L;

    private final Vertx vertx;
    private final DataFolder folder;
    private final EventReader events;
    private StoreTables tables;
    /** While the disk refuses the file there are only its rows as they were at the start, in memory. */
    private boolean borrowed;

    private volatile boolean isNew;
    private final Places places;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DaemonThread("store"));

    private final Object monitor = new Object();
    private List<Change> waiting = new ArrayList<>();
    private boolean scheduled;
    private long toldAt = System.nanoTime() - TELL_NANOS;

    private interface Statements {
        void apply(StoreTables tables) throws SQLException;
    }

    private record Forgetting(String sink) implements Statements {
        @Override
        public void apply(StoreTables tables) throws SQLException {
            tables.forget(sink);
        }
    }

    private record Change(Statements statements, Promise<Void> promise) {}

    private EmbeddedStore(Vertx vertx, DataFolder folder, EventReader events) throws IOException {
        this.vertx = vertx;
        this.folder = folder;
        this.events = events;
        try {
            try {
                folder.make();
                tables = open();
            } catch (SQLException | IOException refused) {
                LOG.error(
                        "the state of the sinks cannot be kept in {}: a restart before it can sends events again: {}",
                        file(),
                        refused.getMessage());
                tables = StoreTables.borrowed(file(), events);
                borrowed = true;
            }
            isNew = tables.isUnsettled();
            places = new Places(tables.cursors());
        } catch (SQLException failed) {
            throw new IOException("the state of the sinks cannot be read: " + failed.getMessage(), failed);
        }
    }

    /** Opens the store in a folder that nobody holds; blocking. */
    public static EmbeddedStore open(Vertx vertx, Path folder, EventReader events) throws IOException {
        return open(vertx, DataFolder.at(folder), events);
    }

    /**
     * Opens the store in the journal's folder; blocking. A damaged file is set aside and what is left of it written anew;
     * where the disk takes nothing, it is kept once the disk does.
     */
    public static EmbeddedStore open(Vertx vertx, DataFolder folder, EventReader events) throws IOException {
        return new EmbeddedStore(vertx, folder, events);
    }

    private Path file() {
        return folder.path().resolve("state.db");
    }

    private StoreTables open() throws SQLException, IOException {
        if (Files.exists(file()) && !Files.isWritable(file())) {
            // SQLite would open it for reading alone, and stay with that.
            throw new IOException("it cannot be written");
        }
        StoreRescue.goOn(file());
        try {
            StoreTables whole = StoreTables.open(file(), events);
            if (whole.isWhole()) {
                return whole;
            }
            whole.close();
        } catch (SQLException failed) {
            if (!Repair.isDamage(failed)) {
                throw failed;
            }
        }
        return StoreRescue.rescued(file(), events);
    }

    @Override
    public boolean isNew() {
        return isNew;
    }

    @Override
    public void settle() {
        if (isNew) {
            isNew = false;
            // After the places, so that a crash before they are kept finds it new again.
            change(StoreTables::settle);
        }
    }

    @Override
    public Map<String, Long> cursors() {
        return places.all();
    }

    @Override
    public Future<Void> commit(String sink, long id, List<DeadLetter> dead, Map<String, Buffer> notes) {
        int life = places.coming(sink, id);
        return change(to -> {
                    to.cursor(sink, id);
                    to.dead(sink, dead);
                    to.notes(sink, notes);
                })
                .onSuccess(done -> places.kept(sink, id, life));
    }

    @Override
    public Future<Void> keep(String owner, Map<String, Buffer> notes) {
        return change(to -> to.notes(owner, notes));
    }

    @Override
    public Future<Map<String, Buffer>> notes(String owner) {
        // What is to go is gone, though the disk may have it still.
        return query(() -> waits(new Forgetting(owner)) ? Map.of() : tables.notes(owner));
    }

    @Override
    public Future<Void> forget(String sink) {
        places.forget(sink);
        return change(new Forgetting(sink));
    }

    @Override
    public Future<List<DeadLetter>> dead(String sink, long afterId, Limit limit) {
        return query(() -> tables.dead(sink, afterId, limit));
    }

    @Override
    public Future<Void> revived(String sink, List<Long> ids) {
        return change(to -> to.revived(sink, ids));
    }

    @Override
    public Future<Void> quarantine(Rejected rejected) {
        return change(to -> to.quarantine(rejected));
    }

    @Override
    public Future<List<Rejected>> rejected(int max) {
        return query(() -> tables.rejected(max));
    }

    @Override
    public Future<Void> close() {
        Promise<Void> ended = Promise.promise();
        thread.execute(() -> {
            flush();
            tables.close();
            thread.shutdown();
            ended.complete();
        });
        return ended.future();
    }

    private Future<Void> change(Statements statements) {
        Promise<Void> promise = promise();
        synchronized (monitor) {
            waiting.add(new Change(statements, promise));
            schedule(0);
        }
        return promise.future();
    }

    private boolean waits(Statements statements) {
        synchronized (monitor) {
            return waiting.stream().anyMatch(change -> change.statements().equals(statements));
        }
    }

    /** Answers on the caller's context where it has one. */
    private <T> Promise<T> promise() {
        return Vertx.currentContext() == null
                ? Promise.promise()
                : ((VertxInternal) vertx).getOrCreateContext().promise();
    }

    private void schedule(long millis) {
        if (!scheduled && !thread.isShutdown()) {
            scheduled = true;
            var unused = thread.schedule(this::flush, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void flush() {
        List<Change> batch;
        synchronized (monitor) {
            batch = waiting;
            waiting = new ArrayList<>();
            scheduled = false;
        }
        if (batch.isEmpty()) {
            return;
        }
        try {
            own();
            tables.begin();
            for (Change change : batch) {
                change.statements().apply(tables);
            }
            tables.commit();
            batch.forEach(change -> change.promise().complete());
        } catch (SQLException | IOException refused) {
            if (!borrowed) {
                tables.rollback();
            }
            tell(refused);
            synchronized (monitor) {
                batch.addAll(waiting);
                waiting = batch;
                schedule(RETRY_MILLIS);
            }
        } catch (RuntimeException | Error mistake) {
            // A sink that waits for ever keeps its place no more, and that all events.
            tables.rollback();
            LOG.error("an error of the gateway's own: {} changes are not kept", batch.size(), mistake);
            batch.forEach(change -> change.promise().tryFail(mistake));
        }
    }

    private void tell(Exception refused) {
        long now = System.nanoTime();
        if (now - toldAt >= TELL_NANOS) {
            toldAt = now;
            LOG.warn("the state of the sinks cannot be written, trying again each second: {}", refused.getMessage());
        }
    }

    /** Goes over to the file once the disk takes it. */
    private void own() throws SQLException, IOException {
        if (borrowed) {
            folder.claim();
            StoreTables real = open();
            tables.close();
            tables = real;
            borrowed = false;
            LOG.info("the state of the sinks is kept in {} again", file());
        }
    }

    private <T> Future<T> query(Callable<T> query) {
        Promise<T> promise = promise();
        thread.execute(() -> {
            flush();
            try {
                promise.complete(query.call());
            } catch (Exception failed) {
                promise.fail(failed);
            }
        });
        return promise.future();
    }
}
