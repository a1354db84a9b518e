package io.github.falcogateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.falcogateway.codec.KeptReader;
import io.github.falcogateway.testing.Patience;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {

    private final Vertx vertx = Vertx.vertx();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() throws Exception {
        Patience.get(vertx.close());
    }

    /** The statements of the first version, letter for letter. */
    private void firstVersion(String... more) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("state.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version=1");
            statement.execute("CREATE TABLE IF NOT EXISTS cursors (sink TEXT PRIMARY KEY, id INTEGER NOT NULL)");
            statement.execute("CREATE TABLE IF NOT EXISTS dead (sink TEXT NOT NULL, id INTEGER NOT NULL,"
                    + " event BLOB NOT NULL, route TEXT NOT NULL, reason TEXT NOT NULL, detail TEXT NOT NULL,"
                    + " at TEXT NOT NULL, PRIMARY KEY (sink, id))");
            statement.execute("CREATE TABLE IF NOT EXISTS quarantine (n INTEGER PRIMARY KEY AUTOINCREMENT,"
                    + " at TEXT NOT NULL, remote TEXT NOT NULL, reason TEXT NOT NULL, detail TEXT NOT NULL,"
                    + " raw BLOB NOT NULL, size INTEGER NOT NULL)");
            statement.execute("INSERT INTO cursors VALUES ('archive', 41)");
            for (String one : more) {
                statement.execute(one);
            }
        }
    }

    @Test
    void bringsTheFirstVersionToTodays() throws Exception {
        firstVersion();
        EmbeddedStore store = EmbeddedStore.open(vertx, folder, new KeptReader());
        assertThat(store.cursors()).isEqualTo(Map.of("archive", 41L));
        Patience.get(store.commit("archive", 42, List.of(), Map.of("group", Buffer.buffer("x"))));
        assertThat(Patience.get(store.notes("archive"))).containsKey("group");
        Patience.get(store.close());
    }

    @Test
    void bringsTheFirstVersionThatHadNotes() throws Exception {
        firstVersion(
                "CREATE TABLE notes (owner TEXT NOT NULL, name TEXT NOT NULL, note BLOB NOT NULL,"
                        + " PRIMARY KEY (owner, name))",
                "INSERT INTO notes VALUES ('chat', 'group', 'y')");
        EmbeddedStore store = EmbeddedStore.open(vertx, folder, new KeptReader());
        assertThat(Patience.get(store.notes("chat"))).containsKey("group");
        Patience.get(store.close());
    }

    @Test
    void leavesALaterVersionAlone() throws Exception {
        firstVersion("PRAGMA user_version=99");
        assertThatThrownBy(() -> EmbeddedStore.open(vertx, folder, new KeptReader()))
                .isInstanceOf(NewerSchemaException.class)
                .hasMessageContaining("version 99");
        assertThat(folder.resolve("state.db.damaged")).doesNotExist();
    }
}
