package io.github.falcogateway.journal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what a segment's write-ahead log holds into its file. The bulk is moved beside the writer, by a connection of its
 * own; the writer itself moves only what came meanwhile, after which the log begins anew. Whoever is answered then waits
 * a few milliseconds instead of a hundred. A move that fails costs nothing but room: the log still has everything.
 * Confined to the writer's thread.
 *
 * @see <a href="https://www.sqlite.org/wal.html#ckpt">SQLite: checkpointing</a>
 */
final class Checkpoint implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);
    private static final String MOVE = "PRAGMA wal_checkpoint(PASSIVE)";

    /** What the log holds before it is moved, much of it pages that it has several times. */
    private static final long BULK_BYTES = 64L << 20;
    /** What the writer moves by itself. */
    private static final long REST_BYTES = 8L << 20;
    /** So often the bulk is moved before the writer moves what is left, however much: else the log would have no end. */
    private static final int MOST_BULKS = 4;

    private final Path file;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(new DaemonThread("journal-checkpoint"));

    private @Nullable Future<?> bulk;
    private int bulks;
    private long bytes;

    Checkpoint(Path file) {
        this.file = file;
    }

    /** The writer has committed rows of so many bytes, in whole pages, of which it wrote the last one before too. */
    void committed(Connection writer, int more) throws SQLException {
        bytes += more + Sqlite.PAGE_BYTES;
        if (bulk == null && bytes >= BULK_BYTES) {
            beginBulk();
        } else if (bulk != null && bulk.isDone()) {
            if (bytes > REST_BYTES && bulks < MOST_BULKS) {
                // What came meanwhile is less than what was moved, if the writer is no faster than the disk.
                beginBulk();
                return;
            }
            bulk = null;
            bulks = 0;
            bytes = 0;
            move(writer);
        }
    }

    private void beginBulk() {
        bytes = 0;
        bulks++;
        bulk = thread.submit(this::moveBulk);
    }

    /** Waits for the move that is under way, if one is: it has the file open too. */
    void await() throws IOException {
        try {
            if (bulk != null) {
                bulk.get();
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped");
        } catch (ExecutionException failed) {
            throw new IOException(failed);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }

    private void moveBulk() {
        try (Connection own = Sqlite.reader(file, false)) {
            Sqlite.run(own, MOVE);
        } catch (SQLException failed) {
            LOG.warn("journal: {} keeps its write-ahead log: {}", file.getFileName(), failed.getMessage());
        }
    }

    private void move(Connection writer) throws SQLException {
        writer.setAutoCommit(true);
        try {
            Sqlite.run(writer, MOVE);
        } catch (SQLException failed) {
            LOG.warn("journal: {} keeps its write-ahead log: {}", file.getFileName(), failed.getMessage());
        } finally {
            writer.setAutoCommit(false);
        }
    }
}
