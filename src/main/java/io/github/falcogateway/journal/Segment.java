package io.github.falcogateway.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * One file of the log while it is written: SQLite in WAL mode, synced at each commit. Confined to the writer's thread.
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
    private long bytes;

    private Segment(Path file, long firstId, Connection connection) throws SQLException {
        this.file = file;
        this.firstId = firstId;
        this.connection = connection;
        this.insert = connection.prepareStatement("INSERT INTO frames (first_id, count, body) VALUES (?, ?, ?)");
        this.checkpoint = new Checkpoint(file);
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
        Connection connection = Sqlite.open(file, synced ? "FULL" : "NORMAL");
        try {
            connection.setAutoCommit(true);
            Sqlite.run(connection, "PRAGMA wal_autocheckpoint=0");
            Sqlite.run(
                    connection,
                    "CREATE TABLE frames (first_id INTEGER PRIMARY KEY, count INTEGER NOT NULL, body BLOB NOT NULL)");
            connection.setAutoCommit(false);
            return new Segment(file, firstId, connection);
        } catch (SQLException failed) {
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
        bytes += written;
        checkpoint.committed(connection, written);
    }

    /** Makes everything written so far survive a power cut. */
    void sync() throws SQLException {
        connection.setAutoCommit(true);
        Sqlite.run(connection, "PRAGMA wal_checkpoint(PASSIVE)");
        connection.setAutoCommit(false);
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

    @Override
    public void close() {
        checkpoint.close();
        Sqlite.closeQuietly(connection);
    }
}
