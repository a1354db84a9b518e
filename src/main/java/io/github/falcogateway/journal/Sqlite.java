package io.github.falcogateway.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How this package opens its databases. */
final class Sqlite {

    private static final Logger LOG = LoggerFactory.getLogger(Sqlite.class);

    private static final int PAGE_BYTES = 16_384;

    private Sqlite() {}

    /** Opens a database for writing; made where it is not there. */
    static Connection open(Path file, String synchronous) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try {
            // A commit's events are one large row: larger pages are fewer writes. Only a new file takes it.
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

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
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
