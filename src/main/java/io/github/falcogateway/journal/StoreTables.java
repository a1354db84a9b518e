package io.github.falcogateway.journal;

import io.github.falcogateway.event.EventReader;
import io.github.falcogateway.event.RejectReason;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables of the store. Confined to the store's thread. */
final class StoreTables implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreTables.class);
    /** Whose notes the store's own are; no sink has such a name. */
    private static final String OWNER = "the store";

    private static final String UNSETTLED = "unsettled";
    private static final List<String> TABLES = List.of("cursors", "dead", "notes", "quarantine");

    private final Connection connection;
    private final EventReader events;
    private final Clearing clearing = new Clearing(this::update);
    private final FirstPlaces firstPlaces;

    private StoreTables(Connection connection, EventReader events) {
        this.connection = connection;
        this.events = events;
        this.firstPlaces = new FirstPlaces(connection);
    }

    static StoreTables open(Path file, EventReader events) throws SQLException {
        Connection connection = Sqlite.openInNeed(file, "NORMAL");
        try {
            StoreTables tables = new StoreTables(connection, events);
            tables.bring();
            return tables;
        } catch (SQLException failed) {
            Sqlite.closeQuietly(connection);
            throw failed;
        }
    }

    /** A new file is unsettled from its first moment on. */
    private void bring() throws SQLException {
        begin();
        if (Schema.bring(connection) == 0) {
            unsettle();
        }
        commit();
    }

    /** The rows of a file that cannot be written, in memory; none where it is not there. */
    static StoreTables borrowed(Path file, EventReader events) throws SQLException {
        StoreTables memory = open(Path.of(":memory:"), events);
        if (Files.exists(file)) {
            try (Connection old = Sqlite.reader(file, false)) {
                Schema.mustBeKnown(old);
                memory.settle();
                int rows = memory.copy(old);
                LOG.debug("{}: {} rows", file, rows);
            } catch (SQLException unreadable) {
                memory.unsettle();
                LOG.error("journal: {} cannot be read now: {}", file.getFileName(), unreadable.getMessage());
            }
        }
        return memory;
    }

    /** Copies the rows of another database, of each table up to the first one that cannot be read; how many. */
    int copy(Connection old) throws SQLException {
        int rows = 0;
        for (String table : TABLES) {
            rows += copy(old, table);
        }
        return rows;
    }

    private int copy(Connection old, String table) throws SQLException {
        int copied = 0;
        try (Statement query = old.createStatement();
                ResultSet rows = query.executeQuery("SELECT * FROM " + table)) {
            int columns = rows.getMetaData().getColumnCount();
            String sql = "INSERT OR REPLACE INTO " + table + " VALUES (" + "?, ".repeat(columns - 1) + "?)";
            while (rows.next()) {
                Object[] values = new Object[columns];
                for (int i = 0; i < columns; i++) {
                    values[i] = rows.getObject(i + 1);
                }
                update(sql, values);
                copied++;
            }
        } catch (SQLException damaged) {
            if (!Repair.isDamage(damaged)) {
                // As a full disk: then the rows are not lost, and are taken over once there is room.
                throw damaged;
            }
            unsettle();
            LOG.warn("journal: table {} of the damaged file can be read in part: {}", table, damaged.getMessage());
        }
        return copied;
    }

    /** Whether a place that is not there may have been: it began anew or lost rows, and the sinks have no places since. */
    boolean isUnsettled() throws SQLException {
        return notes(OWNER).containsKey(UNSETTLED);
    }

    /** The sinks have their places. */
    void settle() throws SQLException {
        notes(OWNER, Map.of(UNSETTLED, Buffer.buffer()));
    }

    private void unsettle() throws SQLException {
        notes(OWNER, Map.of(UNSETTLED, Buffer.buffer("x")));
    }

    /** Whether nothing in it is damaged that SQLite can see. */
    boolean isWhole() throws SQLException {
        try (Statement check = connection.createStatement();
                ResultSet row = check.executeQuery("PRAGMA quick_check(1)")) {
            return row.next() && "ok".equals(row.getString(1));
        } catch (SQLException failed) {
            if (Repair.isDamage(failed)) {
                return false;
            }
            throw failed;
        }
    }

    void begin() throws SQLException {
        connection.setAutoCommit(false);
    }

    void commit() throws SQLException {
        connection.commit();
        connection.setAutoCommit(true);
        firstPlaces.committed();
    }

    void rollback() {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException gone) {
            // The transaction failed and left nothing; the next one begins anew.
            Sqlite.closeQuietly(() -> connection.setAutoCommit(true));
        }
    }

    @Override
    public void close() {
        Sqlite.closeQuietly(connection);
    }

    Map<String, Long> cursors() throws SQLException {
        Map<String, Long> cursors = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT sink, id FROM cursors");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                cursors.put(rows.getString(1), rows.getLong(2));
            }
        }
        return cursors;
    }

    void cursor(String sink, long id) throws SQLException {
        update(
                "INSERT INTO cursors (sink, id) VALUES (?, ?) ON CONFLICT (sink) DO UPDATE SET id = excluded.id",
                sink,
                id);
        firstPlaces.written(sink);
    }

    void forget(String sink) throws SQLException {
        firstPlaces.forgotten(sink);
        update("DELETE FROM cursors WHERE sink = ?", sink);
        update("DELETE FROM notes WHERE owner = ?", sink);
    }

    void notes(String owner, Map<String, Buffer> notes) throws SQLException {
        if (notes.isEmpty()) {
            return;
        }
        // The counts of a busy gateway are thousands of notes: one statement for all, which leaves their index alone.
        try (PreparedStatement put =
                connection.prepareStatement("INSERT INTO notes (owner, name, note) VALUES (?, ?, ?)"
                        + " ON CONFLICT (owner, name) DO UPDATE SET note = excluded.note")) {
            for (Map.Entry<String, Buffer> note : notes.entrySet()) {
                if (note.getValue().length() == 0) {
                    update("DELETE FROM notes WHERE owner = ? AND name = ?", owner, note.getKey());
                } else {
                    put.setString(1, owner);
                    put.setString(2, note.getKey());
                    put.setBytes(3, note.getValue().getBytes());
                    put.executeUpdate();
                }
            }
        }
    }

    Map<String, Buffer> notes(String owner) throws SQLException {
        Map<String, Buffer> notes = new LinkedHashMap<>();
        try (PreparedStatement query =
                connection.prepareStatement("SELECT name, note FROM notes WHERE owner = ? ORDER BY name")) {
            query.setString(1, owner);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    notes.put(rows.getString(1), Buffer.buffer(rows.getBytes(2)));
                }
            }
        }
        return notes;
    }

    void dead(String sink, List<DeadLetter> letters) throws SQLException {
        for (DeadLetter letter : letters) {
            update(
                    "INSERT OR REPLACE INTO dead (sink, id, event, route, reason, detail, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    sink,
                    letter.event().id(),
                    letter.event().json(),
                    letter.route(),
                    letter.reason(),
                    letter.detail(),
                    letter.at().toString());
        }
        if (!letters.isEmpty()) {
            clearing.dead(sink, letters.size());
        }
    }

    void revived(String sink, List<Long> ids) throws SQLException {
        for (Long id : ids) {
            update("DELETE FROM dead WHERE sink = ? AND id = ?", sink, id);
        }
    }

    List<DeadLetter> dead(String sink, long afterId, Limit limit) throws SQLException {
        return new DeadRows(connection, events).read(sink, afterId, limit);
    }

    void quarantine(Rejected rejected) throws SQLException {
        update(
                "INSERT INTO quarantine (at, remote, reason, detail, raw, size) VALUES (?, ?, ?, ?, ?, ?)",
                rejected.at().toString(),
                rejected.remote(),
                rejected.reason().name(),
                rejected.detail(),
                rejected.raw(),
                rejected.size());
        clearing.rejected(rejected.reason());
    }

    List<Rejected> rejected(int max) throws SQLException {
        List<Rejected> found = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT at, remote, reason, detail, raw, size FROM quarantine ORDER BY n DESC LIMIT ?")) {
            query.setInt(1, max);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(new Rejected(
                            Instant.parse(rows.getString(1)),
                            rows.getString(2),
                            RejectReason.valueOf(rows.getString(3)),
                            rows.getString(4),
                            rows.getBytes(5),
                            rows.getInt(6)));
                }
            }
        }
        return found;
    }

    private int update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }
}
