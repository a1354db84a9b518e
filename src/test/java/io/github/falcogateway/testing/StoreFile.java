package io.github.falcogateway.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The file of a store that runs: refuses every place and note like a full disk, until it takes them again. Immutable. */
public record StoreFile(Path folder) {

    private static final List<String> CHANGES =
            List.of("INSERT ON cursors", "DELETE ON cursors", "INSERT ON notes", "DELETE ON notes");

    public void refuse() {
        for (String change : CHANGES) {
            run("CREATE TRIGGER " + name(change) + " BEFORE " + change + " BEGIN SELECT RAISE(ABORT, 'no room'); END");
        }
    }

    public void accept() {
        CHANGES.forEach(change -> run("DROP TRIGGER " + name(change)));
    }

    private static String name(String change) {
        return "no_" + change.replace(' ', '_');
    }

    private void run(String sql) {
        try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("state.db"));
                Statement statement = file.createStatement()) {
            statement.execute("PRAGMA busy_timeout=5000");
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
