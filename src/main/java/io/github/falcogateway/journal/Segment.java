package io.github.falcogateway.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * One file of the log while it is written: SQLite in WAL mode, whose write-ahead log is synced at each commit. SQLite
 * would sync that by fsync, which writes the file's times too and so waits for the disk once more. Confined to the
 * writer's thread.
 *
 * @see <a href="https://www.sqlite.org/pragma.html#pragma_synchronous">SQLite: synchronous</a>
 */
final class Segment implements AutoCloseable {

    private final Path file;
    private final long firstId;
    private final long openedNanos = System.nanoTime();
    private final Connection connection;
    private final PreparedStatement insert;
    private final Checkpoint checkpoint;
    private final FileChannel log;
    private final boolean synced;
    private long bytes;

    private Segment(Path file, long firstId, Connection connection, boolean synced) throws SQLException, IOException {
        this.file = file;
        this.firstId = firstId;
        this.connection = connection;
        this.synced = synced;
        this.insert = connection.prepareStatement("INSERT INTO frames (first_id, count, body) VALUES (?, ?, ?)");
        this.checkpoint = new Checkpoint(file);
        this.log = FileChannel.open(WalFile.of(file), StandardOpenOption.WRITE);
    }

    /**
     * Makes a new file.
     *
     * @param synced whether each commit is synced; else {@link #sync} does
     */
    static Segment create(Path folder, long firstId, boolean synced) throws SQLException, IOException {
        Path file = SegmentFile.path(folder, firstId);
        // A file of that name is one that failed before it held anything.
        SegmentFile.delete(file);
        Connection connection = Sqlite.open(file, "NORMAL");
        try {
            connection.setAutoCommit(true);
            Sqlite.run(connection, "PRAGMA wal_autocheckpoint=0");
            Sqlite.run(
                    connection,
                    "CREATE TABLE frames (first_id INTEGER PRIMARY KEY, count INTEGER NOT NULL, body BLOB NOT NULL)");
            connection.setAutoCommit(false);
            return new Segment(file, firstId, connection, synced);
        } catch (SQLException | IOException failed) {
            Sqlite.closeQuietly(connection);
            throw failed;
        }
    }

    /** Writes the frames in one transaction, synced when this returns if the segment is. */
    void write(List<Frame> frames) throws SQLException {
        int written = 0;
        for (Frame frame : frames) {
            insert.setLong(1, frame.firstId());
            insert.setInt(2, frame.count());
            insert.setBytes(3, frame.body());
            insert.executeUpdate();
            written += frame.body().length;
        }
        connection.commit();
        if (synced) {
            sync();
        }
        bytes += written;
        checkpoint.committed(connection, written);
    }

    /** Makes everything written so far survive a power cut. */
    void sync() throws SQLException {
        try {
            log.force(false);
        } catch (IOException failed) {
            throw new SQLException(file.getFileName() + " is not synced: " + failed, failed);
        }
    }

    Path file() {
        return file;
    }

    long firstId() {
        return firstId;
    }

    /** Whether nothing was ever committed to it. */
    boolean isEmpty() {
        return bytes == 0;
    }

    boolean isFull(JournalOptions options) {
        return bytes >= options.segmentBytes()
                || System.nanoTime() - openedNanos >= options.segmentAge().toNanos();
    }

    /**
     * Closes it with all that it holds in the one file, which can then be moved.
     *
     * @throws IOException where some of it stays in the write-ahead log, as on a full disk
     */
    void finish() throws IOException {
        checkpoint.await();
        close();
        WalFile.mustBeEmpty(file);
    }

    @Override
    public void close() {
        checkpoint.close();
        Sqlite.closeQuietly(log);
        Sqlite.closeQuietly(connection);
    }
}
