package io.github.falcogateway.journal;

import io.github.falcogateway.event.Draft;
import io.github.falcogateway.event.EventReader;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.telemetry.JournalMeters;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal on the local disk: SQLite files in a folder, one writer thread that commits in groups, one reader thread.
 * Thread-safe.
 */
public final class EmbeddedJournal implements Journal {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedJournal.class);
    private static final long MAX_QUEUED_BYTES = 64L << 20;
    private static final long IDLE_MILLIS = 1000;
    private static final Duration RETENTION_EVERY = Duration.ofMinutes(1);
    /** Ids that a damaged file may have held are not given again: sinks and browsers may have seen them. */
    private static final long DAMAGE_GAP = 1_000_000;

    /** What the pieces of a journal share. */
    record Parts(
            JournalOptions options,
            JournalWriter.SegmentMaker maker,
            SegmentFiles files,
            Tail tail,
            JournalIndex index) {}

    private final Parts parts;
    private final DataFolder folder;
    private final JournalWriter writer;
    private final Retention retention;
    private final WorkerExecutor readers;
    private final EmbeddedHistory history;
    private final List<Consumer<List<JournaledEvent>>> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private final Promise<Void> ended = Promise.promise();

    private final Object monitor = new Object();
    private List<Pending> queue = new ArrayList<>();
    private long queuedBytes;
    private long nextId;
    private boolean closing;
    private long missing;
    private final JournalEnd end;
    private volatile long turned = System.nanoTime();

    private EmbeddedJournal(
            Vertx vertx, Parts parts, long lastId, DataFolder folder, Store store, JournalMeters meters) {
        this.parts = parts;
        this.folder = folder;
        this.writer = new JournalWriter(parts, lastId, meters, listeners);
        this.retention = new Retention(parts, store, meters, Clock.systemUTC());
        this.readers = vertx.createSharedWorkerExecutor("journal-reader", 1);
        this.end = new JournalEnd(store, lastId);
        this.history = new EmbeddedHistory(vertx, parts, writer.held(), this::state);
        nextId = lastId + 1;
        thread = new DaemonThread("journal-writer").newThread(this::run);
        meters.watch(
                parts.files()::bytes,
                () -> writer.held().size(),
                () -> writer.fault().isEmpty() ? 1 : 0);
    }

    /**
     * Opens the journal in its folder; blocking.
     *
     * @param store whose cursors say what retention may take
     * @throws JournalLockedException where another process has the folder
     * @throws IOException where the folder cannot be made or read
     */
    public static EmbeddedJournal open(
            Vertx vertx, JournalOptions options, EventReader events, Store store, JournalMeters meters)
            throws IOException {
        return open(vertx, options, DataFolder.at(options.path()), events, store, meters);
    }

    /** The same in a folder that is open; where the disk refuses it, it begins with what memory holds. */
    public static EmbeddedJournal open(
            Vertx vertx,
            JournalOptions options,
            DataFolder folder,
            EventReader events,
            Store store,
            JournalMeters meters)
            throws IOException {
        return open(vertx, options, folder, events, store, meters, firstId -> {
            folder.claim();
            return Segment.create(options.path(), firstId, options.syncInterval() == null);
        });
    }

    static EmbeddedJournal open(
            Vertx vertx,
            JournalOptions options,
            DataFolder folder,
            EventReader events,
            Store store,
            JournalMeters meters,
            JournalWriter.SegmentMaker maker)
            throws IOException {
        String refusal = folder.open();
        SegmentFiles files = SegmentFiles.in(options.path(), events, meters);
        SegmentFiles.Newest newest = files.newest();
        long lastId = JournalEnd.newest(newest.id(), store, meters);
        JournalIndex index = new JournalIndex(options.path(), files, lastId);
        Parts parts = new Parts(options, maker, files, new Tail(), index);
        EmbeddedJournal journal = new EmbeddedJournal(vertx, parts, lastId, folder, store, meters);
        journal.writer.begin(refusal);
        journal.missing = Math.max(0, newest.id() == 0 ? 0 : lastId - newest.id());
        journal.nextId += newest.damaged() ? DAMAGE_GAP : 0;
        journal.thread.start();
        journal.history.warm();
        return journal;
    }

    @Override
    public Future<Receipt> append(List<Draft> drafts, Durability durability) {
        long size = Pending.bytes(drafts);
        Promise<Receipt> promise = Promise.promise();
        synchronized (monitor) {
            boolean insists =
                    durability == Durability.REQUIRED || !parts.options().degrade();
            if (closing || insists && !writer.fault().isEmpty()) {
                return Future.failedFuture(new NoRoomException(closing ? "the gateway is stopping" : writer.fault()));
            }
            if (queuedBytes + size > MAX_QUEUED_BYTES) {
                return Future.failedFuture(new NoRoomException("too much waits for the disk"));
            }
            queuedBytes += size;
            queue.add(new Pending(nextId, drafts, durability, promise, Vertx.currentContext()));
            nextId += drafts.size();
            monitor.notifyAll();
        }
        return promise.future();
    }

    @Override
    public void onAppended(Consumer<List<JournaledEvent>> listener) {
        listeners.add(listener);
    }

    @Override
    public Future<List<JournaledEvent>> readAfter(long afterId, Limit limit) {
        List<JournaledEvent> recent = parts.tail().after(afterId, limit);
        if (recent != null) {
            return Future.succeededFuture(recent);
        }
        return read(() ->
                writer.held().after(afterId, limit, page -> parts.files().readAfter(afterId, page)));
    }

    @Override
    public Future<List<JournaledEvent>> readBefore(long beforeId, Limit limit) {
        return read(() -> {
            Page page = new Page(limit);
            writer.held().before(beforeId, page);
            parts.files().readBefore(page.lastId(beforeId), page);
            return page.events();
        });
    }

    @Override
    public Future<@Nullable JournaledEvent> find(long id) {
        return readAfter(id - 1, Limit.of(1))
                .map(events -> events.isEmpty() || events.get(0).id() != id ? null : events.get(0));
    }

    @Override
    public History history() {
        return history;
    }

    @Override
    public long lastId() {
        return writer.lastId();
    }

    @Override
    public JournalState state() {
        long lastId = writer.lastId();
        long first = parts.files().all().isEmpty()
                ? lastId + 1
                : parts.files().all().keySet().iterator().next();
        Held held = writer.held();
        if (parts.files().all().isEmpty() && !held.isEmpty()) {
            first = held.all().get(0).id();
        }
        return new JournalState(
                Math.min(first, lastId + 1),
                lastId,
                parts.files().bytes(),
                held.size(),
                retention.forcedOut(),
                parts.files().damaged() + missing,
                writer.fault());
    }

    @Override
    public boolean isTurning(Duration within) {
        return System.nanoTime() - turned < within.toNanos();
    }

    @Override
    public Future<Void> close() {
        synchronized (monitor) {
            closing = true;
            monitor.notifyAll();
        }
        return ended.future().eventually(history::close).eventually(readers::close);
    }

    private <T> Future<T> read(Callable<T> query) {
        return readers.executeBlocking(query, false);
    }

    private void run() {
        long syncEvery = parts.options().syncInterval() == null
                ? Long.MAX_VALUE
                : parts.options().syncInterval().toNanos();
        long synced = System.nanoTime();
        long swept = System.nanoTime();
        while (true) {
            List<Pending> batch = take(Math.min(IDLE_MILLIS, Math.max(1, syncEvery / 1_000_000)));
            if (batch == null) {
                break;
            }
            turned = System.nanoTime();
            try {
                writer.idle();
                end.keep(writer.lastId());
                if (!batch.isEmpty()) {
                    writer.commit(batch);
                }
                long now = System.nanoTime();
                if (now - synced >= syncEvery) {
                    synced = now;
                    writer.sync();
                }
                if (now - swept >= RETENTION_EVERY.toNanos()) {
                    swept = now;
                    retention.apply(writer.lastId());
                    parts.index().forgetBefore(state().firstId());
                }
            } catch (RuntimeException | Error mistake) {
                writer.refuse(batch, mistake);
            }
        }
        end();
    }

    private void end() {
        writer.sync();
        writer.close();
        parts.files().close();
        Sqlite.closeQuietly(folder);
        ended.complete();
    }

    /** What waits; empty when nothing came for a while; null at the end. */
    private @Nullable List<Pending> take(long millis) {
        synchronized (monitor) {
            long until = System.nanoTime() + millis * 1_000_000;
            while (queue.isEmpty() && !closing && System.nanoTime() < until) {
                try {
                    monitor.wait(millis);
                } catch (InterruptedException ending) {
                    closing = true;
                }
            }
            if (queue.isEmpty() && closing) {
                return null;
            }
            List<Pending> batch = queue;
            queue = new ArrayList<>();
            queuedBytes = 0;
            return batch;
        }
    }
}
