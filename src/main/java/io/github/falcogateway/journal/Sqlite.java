package io.github.falcogateway.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/** How this package opens its databases. */
final class Sqlite {

    private static final Logger LOG = LoggerFactory.getLogger(Sqlite.class);

    /** Of a database that is made now; see {@link PageSize} for the others. */
    static final int PAGE_BYTES = 8192;

    private Sqlite() {}

    /** Opens a database for writing; made where it is not there. */
    static Connection open(Path file, String synchronous) throws SQLException {
        return prepare(config().createConnection("jdbc:sqlite:" + file), synchronous);
    }

    /** The same, also on a full disk: alone with the file, it needs no shared memory, which that would refuse. */
    static Connection openInNeed(Path file, String synchronous) throws SQLException {
        try {
            return open(file, synchronous);
        } catch (SQLException failed) {
            if (Repair.isDamage(failed)) {
                throw failed;
            }
            SQLiteConfig config = config();
            config.setLockingMode(SQLiteConfig.LockingMode.EXCLUSIVE);
            return prepare(config.createConnection("jdbc:sqlite:" + file), synchronous);
        }
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        // Else the driver asks for the last row's id after each insert.
        config.setGetGeneratedKeys(false);
        return config;
    }

    private static Connection prepare(Connection connection, String synchronous) throws SQLException {
        try {
            // A commit's events are one row, each commit writes the last page anew. Only a new file takes it.
            run(connection, "PRAGMA page_size=" + PAGE_BYTES);
            run(connection, "PRAGMA journal_mode=WAL");
            run(connection, "PRAGMA synchronous=" + synchronous);
            run(connection, "PRAGMA busy_timeout=5000");
            return connection;
        } catch (SQLException failed) {
            closeQuietly(connection);
            throw failed;
        }
    }

    /**
     * Opens a database that is there, for reading.
     *
     * @param alone whether no other connection has it: it then needs no shared memory, which a full disk would refuse
     */
    static Connection reader(Path file, boolean alone) throws SQLException {
        try {
            return reader(file, alone, "");
        } catch (SQLException failed) {
            if (Repair.isDamage(failed)) {
                throw failed;
            }
            return unwritable(file, failed);
        }
    }

    /** Reads where nothing may be written, not even a lock or a log that is empty. */
    private static Connection unwritable(Path file, SQLException why) throws SQLException {
        try {
            return reader(file, false, "");
        } catch (SQLException failed) {
            if (WalFile.of(file).toFile().length() > 0) {
                // Without its log it would lack events, and nobody would know.
                throw why;
            }
            return reader(file, false, "?immutable=1");
        }
    }

    private static Connection reader(Path file, boolean alone, String how) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setOpenMode(SQLiteOpenMode.OPEN_URI);
        config.setBusyTimeout(5000);
        if (alone) {
            config.setLockingMode(SQLiteConfig.LockingMode.EXCLUSIVE);
        }
        Connection connection = config.createConnection("jdbc:sqlite:" + file.toUri() + how);
        try {
            // It is opened only now.
            number(connection, "PRAGMA schema_version");
            return connection;
        } catch (SQLException failed) {
            closeQuietly(connection);
            throw failed;
        }
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception failed) {
            // What it holds is committed or known to have failed: closing adds nothing.
            LOG.debug("closing failed: {}", failed.toString());
        }
    }
}
