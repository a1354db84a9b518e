package io.github.falcogateway.journal;

import io.github.falcogateway.event.EventReader;
import io.github.falcogateway.telemetry.JournalMeters;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;

/** Reads the files of the log, a few of which it keeps open. Confined to one thread at a time. */
final class SegmentReader {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentReader.class);
    private static final int OPEN_FILES = 8;
    private static final int TOLD = 10_000;

    private final EventReader events;
    private final JournalMeters meters;
    private final Set<Long> damaged;
    private final LinkedHashMap<Path, Connection> open = new LinkedHashMap<>(16, 0.75f, true);

    /** @param damaged the events that were found damaged, each told once */
    SegmentReader(EventReader events, JournalMeters meters, Set<Long> damaged) {
        this.events = events;
        this.damaged = damaged;
        this.meters = meters;
    }

    /**
     * A stretch of ids, both ends outside.
     */
    record Range(long after, long before) {}

    /** The last id in a file; 0 where it holds none. */
    synchronized long lastId(Path file) throws SQLException {
        try (PreparedStatement query = connection(file, true)
                        .prepareStatement("SELECT first_id, count, body FROM frames ORDER BY first_id DESC LIMIT 1");
                ResultSet row = query.executeQuery()) {
            return row.next() ? frame(row).lastId() : 0;
        }
    }

    /** Adds what is in the range, oldest first, until the page is full. */
    synchronized void after(Path file, Range range, Page to) throws SQLException {
        String sql = "SELECT first_id, count, body FROM frames WHERE first_id >="
                + " COALESCE((SELECT MAX(first_id) FROM frames WHERE first_id <= ?), 0) AND first_id < ?"
                + " ORDER BY first_id";
        try (PreparedStatement query = connection(file, false).prepareStatement(sql)) {
            query.setLong(1, range.after() + 1);
            query.setLong(2, range.before());
            try (ResultSet rows = query.executeQuery()) {
                while (!to.isFull() && rows.next()) {
                    for (FramePart part : frame(rows).parts()) {
                        if (part.lastId() > range.after() && part.firstId() < range.before() && !to.isFull()) {
                            add(part, range, to);
                        }
                    }
                }
            }
        }
    }

    private void add(FramePart part, Range range, Page to) {
        long id = part.firstId();
        for (byte[] kept : part.unpack()) {
            if (id > range.after() && id < range.before()) {
                add(id, kept, to);
            }
            id++;
        }
    }

    /** Adds what is in the range, newest first, until the page is full. */
    synchronized void before(Path file, Range range, Page to) throws SQLException {
        String sql = "SELECT first_id, count, body FROM frames WHERE first_id < ? ORDER BY first_id DESC";
        try (PreparedStatement query = connection(file, false).prepareStatement(sql)) {
            query.setLong(1, range.before());
            try (ResultSet rows = query.executeQuery()) {
                while (!to.isFull() && rows.next()) {
                    List<FramePart> parts = frame(rows).parts();
                    for (int i = parts.size() - 1; i >= 0 && !to.isFull(); i--) {
                        addBackwards(parts.get(i), range.before(), to);
                    }
                }
            }
        }
    }

    private void addBackwards(FramePart part, long before, Page to) {
        List<byte @Nullable []> unpacked = part.firstId() < before ? part.unpack() : List.of();
        for (int i = unpacked.size() - 1; i >= 0 && !to.isFull(); i--) {
            if (part.firstId() + i < before) {
                add(part.firstId() + i, unpacked.get(i), to);
            }
        }
    }

    /** Adds what is at these places, which are given newest first, until the page is full. */
    synchronized void at(Path file, List<Long> ids, Page to) throws SQLException {
        String sql = "SELECT first_id, count, body FROM frames WHERE first_id <= ? ORDER BY first_id DESC LIMIT 1";
        try (PreparedStatement query = connection(file, false).prepareStatement(sql)) {
            Frame frame = new Frame(Long.MAX_VALUE, 0, new byte[0]);
            FramePart part = new FramePart(Long.MAX_VALUE, 0, frame.body());
            List<byte @Nullable []> unpacked = List.of();
            for (int i = 0; i < ids.size() && !to.isFull(); i++) {
                long id = ids.get(i);
                if (id < frame.firstId()) {
                    query.setLong(1, id);
                    try (ResultSet row = query.executeQuery()) {
                        frame = row.next() ? frame(row) : new Frame(0, 0, new byte[0]);
                    }
                }
                if (id < part.firstId() || id > part.lastId()) {
                    part = frame.part(id);
                    unpacked = part.unpack();
                }
                if (id <= part.lastId()) {
                    add(id, unpacked.get((int) (id - part.firstId())), to);
                }
            }
        }
    }

    private void add(long id, byte @Nullable [] kept, Page to) {
        if (kept != null && !to.takes(kept.length)) {
            return;
        }
        try {
            if (kept != null) {
                to.add(events.read(id, kept));
                return;
            }
        } catch (RuntimeException unreadable) {
            LOG.debug("journal: event {}: {}", id, unreadable.toString());
        }
        if (damaged.size() < TOLD && damaged.add(id)) {
            meters.damaged(1);
            LOG.error("journal: event {} is damaged on the disk and is lost", id);
        }
    }

    /** How many events were found damaged; from any thread. */
    int damaged() {
        return damaged.size();
    }

    private static Frame frame(ResultSet row) throws SQLException {
        byte[] body = row.getBytes(3);
        long firstId = row.getLong(1);
        int count = row.getInt(2);
        if (firstId < 1 || count < 1 || body == null) {
            // A page that ends too soon reads as zeros: SQLite takes that for rows and finds nothing wrong.
            throw new SQLException("a row is no commit", null, SQLiteErrorCode.SQLITE_CORRUPT.code);
        }
        return new Frame(firstId, Math.min(count, Frame.MAX_EVENTS), body);
    }

    private Connection connection(Path file, boolean alone) throws SQLException {
        Connection connection = open.get(file);
        if (connection == null) {
            connection = Sqlite.reader(file, alone);
            open.put(file, connection);
            if (open.size() > OPEN_FILES) {
                Map.Entry<Path, Connection> eldest = open.entrySet().iterator().next();
                Sqlite.closeQuietly(eldest.getValue());
                open.remove(eldest.getKey());
            }
        }
        return connection;
    }

    synchronized void forget(Path file) {
        Connection connection = open.remove(file);
        if (connection != null) {
            Sqlite.closeQuietly(connection);
        }
    }

    synchronized void close() {
        open.values().forEach(Sqlite::closeQuietly);
        open.clear();
    }
}
