package io.github.falcogateway.journal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables of the store by version. A file of any earlier version is brought to today's in one transaction; one of a
 * later version is not touched. A new version is a new step at the end; no step is ever changed.
 */
final class Schema {

    /** Step n brings version n to version n + 1. */
    private static final List<List<String>> STEPS = List.of(
            List.of(
                    "CREATE TABLE cursors (sink TEXT PRIMARY KEY, id INTEGER NOT NULL)",
                    "CREATE TABLE dead (sink TEXT NOT NULL, id INTEGER NOT NULL, event BLOB NOT NULL,"
                            + " route TEXT NOT NULL, reason TEXT NOT NULL, detail TEXT NOT NULL, at TEXT NOT NULL,"
                            + " PRIMARY KEY (sink, id))",
                    "CREATE TABLE quarantine (n INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL,"
                            + " remote TEXT NOT NULL, reason TEXT NOT NULL, detail TEXT NOT NULL, raw BLOB NOT NULL,"
                            + " size INTEGER NOT NULL)"),
            // Files of version 1 were written with this table and without it.
            List.of("CREATE TABLE IF NOT EXISTS notes (owner TEXT NOT NULL, name TEXT NOT NULL, note BLOB NOT NULL,"
                    + " PRIMARY KEY (owner, name))"),
            // Beside the files of the log that have packed frames: an older gateway would take those for damaged.
            List.of(),
            // Beside files with pages of 8 KiB: it would look into their write-ahead logs for pages of 16.
            List.of());

    private Schema() {}

    /**
     * Brings a database to today's version, within the transaction that is begun.
     *
     * @return the version it had; 0 of a new one
     */
    static int bring(Connection connection) throws SQLException {
        int version = mustBeKnown(connection);
        if (version == STEPS.size()) {
            // A full disk must not keep it from being opened.
            return version;
        }
        for (List<String> step : STEPS.subList(version, STEPS.size())) {
            for (String statement : step) {
                Sqlite.run(connection, statement);
            }
        }
        Sqlite.run(connection, "PRAGMA user_version=" + STEPS.size());
        return version;
    }

    /**
     * The version of a database.
     *
     * @throws NewerSchemaException where a later gateway made it
     */
    static int mustBeKnown(Connection connection) throws SQLException {
        int version = version(connection);
        if (version > STEPS.size()) {
            throw new NewerSchemaException(version, STEPS.size());
        }
        return version;
    }

    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            return row.getInt(1);
        }
    }
}
