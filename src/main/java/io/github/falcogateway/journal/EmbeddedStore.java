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
import java.util.concurrent.ConcurrentHashMap;
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

    private final Vertx vertx;
    private final StoreTables tables;
    private volatile boolean isNew;
    private final Map<String, Long> cursors = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "store");
        made.setDaemon(true);
        return made;
    });

    private final Object monitor = new Object();
    private List<Change> waiting = new ArrayList<>();
    private boolean scheduled;

    private interface Statements {
        void apply(StoreTables tables) throws SQLException;
    }

    private record Change(Statements statements, Promise<Void> promise) {}

    private EmbeddedStore(Vertx vertx, StoreTables tables, boolean isNew) throws SQLException {
        this.vertx = vertx;
        this.tables = tables;
        this.isNew = isNew;
        cursors.putAll(tables.cursors());
    }

    /**
     * Opens the store in the journal's folder; blocking. A damaged file is set aside and what is left of it written anew.
     *
     * @throws IOException where the folder cannot be used
     */
    public static EmbeddedStore open(Vertx vertx, Path folder, EventReader events) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("state.db");
        boolean isNew = !Files.exists(file);
        try {
            StoreTables tables = StoreTables.open(file, events);
            if (tables.isWhole()) {
                return new EmbeddedStore(vertx, tables, isNew);
            }
            tables.close();
        } catch (SQLException failed) {
            if (!Repair.isDamage(failed)) {
                throw hopeless(file, failed);
            }
        }
        try {
            return new EmbeddedStore(vertx, StoreTables.rescued(file, events), true);
        } catch (SQLException failed) {
            throw hopeless(file, failed);
        }
    }

    private static IOException hopeless(Path file, SQLException failed) {
        return new IOException("the state of the sinks cannot be kept in " + file + ": " + failed.getMessage(), failed);
    }

    @Override
    public boolean isNew() {
        return isNew;
    }

    @Override
    public void settle() {
        isNew = false;
    }

    @Override
    public Map<String, Long> cursors() {
        return Map.copyOf(cursors);
    }

    @Override
    public Future<Void> commit(String sink, long id, List<DeadLetter> dead, Map<String, Buffer> notes) {
        return change(to -> {
                    to.cursor(sink, id);
                    to.dead(sink, dead);
                    to.notes(sink, notes);
                })
                .onSuccess(done -> cursors.put(sink, id));
    }

    @Override
    public Future<Void> keep(String owner, Map<String, Buffer> notes) {
        return change(to -> to.notes(owner, notes));
    }

    @Override
    public Future<Map<String, Buffer>> notes(String owner) {
        return query(() -> tables.notes(owner));
    }

    @Override
    public Future<Void> forget(String sink) {
        cursors.remove(sink);
        return change(to -> to.forget(sink));
    }

    @Override
    public Future<List<DeadLetter>> dead(String sink, int max) {
        return query(() -> tables.dead(sink, max));
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
            tables.begin();
            for (Change change : batch) {
                change.statements().apply(tables);
            }
            tables.commit();
            batch.forEach(change -> change.promise().complete());
        } catch (SQLException refused) {
            tables.rollback();
            LOG.warn("the state of the sinks cannot be written, trying again: {}", refused.getMessage());
            synchronized (monitor) {
                batch.addAll(waiting);
                waiting = batch;
                schedule(RETRY_MILLIS);
            }
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
