package io.github.falcogateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.falcogateway.codec.KeptReader;
import io.github.falcogateway.testing.Patience;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store where the disk refuses its file at the start. */
class BorrowedStoreTest {

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void end() throws Exception {
        await(vertx.close());
    }

    @Test
    void keepsPlacesOnceTheDiskTakesTheFile() throws Exception {
        // What no right of root opens as a file.
        Path wall = Files.createDirectory(folder.resolve("state.db"));
        EmbeddedStore store = open();
        Future<Void> kept = store.commit("archive", 7, List.of(), Map.of("n", Buffer.buffer("note")));
        assertThat(await(store.notes("archive"))).isEmpty();
        assertThat(kept.isComplete()).isFalse();
        Files.delete(wall);
        await(kept);
        await(store.close());
        EmbeddedStore again = open();
        assertThat(again.cursors()).containsEntry("archive", 7L);
        assertThat(await(again.notes("archive"))).containsOnlyKeys("n");
        await(again.close());
    }

    @Test
    void knowsThePlacesThatAFileHasWhichCannotBeWritten() throws Exception {
        EmbeddedStore before = open();
        await(before.commit("archive", 7, List.of(), Map.of()));
        Path file = folder.resolve("state.db");
        try (StoreTables borrowed = StoreTables.borrowed(file, new KeptReader())) {
            assertThat(borrowed.isUnsettled()).isTrue();
        }
        before.settle();
        await(before.close());
        try (StoreTables borrowed = StoreTables.borrowed(file, new KeptReader())) {
            assertThat(borrowed.cursors()).containsEntry("archive", 7L);
            assertThat(borrowed.isUnsettled()).isFalse();
            Files.write(file, new byte[8192]);
        }
        try (StoreTables borrowed = StoreTables.borrowed(file, new KeptReader())) {
            assertThat(borrowed.cursors()).isEmpty();
            assertThat(borrowed.isUnsettled()).isTrue();
        }
    }

    @Test
    void leavesTheFileOfANewerGatewayAlone() throws Exception {
        await(open().close());
        Path file = folder.resolve("state.db");
        try (Connection newer = Sqlite.open(file, "NORMAL")) {
            Sqlite.run(newer, "PRAGMA user_version=99");
        }
        assertThatThrownBy(() -> StoreTables.borrowed(file, new KeptReader())).isInstanceOf(NewerSchemaException.class);
    }

    @Test
    void readsAFileBesideWhichNothingCanBeMade() throws Exception {
        EmbeddedStore store = open();
        await(store.commit("archive", 7, List.of(), Map.of()));
        await(store.close());
        Path file = folder.resolve("state.db");
        // No shared memory can be made where a folder has its name.
        Files.createDirectory(folder.resolve("state.db-shm"));
        try (Connection read = Sqlite.reader(file, false)) {
            assertThat(Sqlite.number(read, "SELECT id FROM cursors")).isEqualTo(7);
        }
    }

    private EmbeddedStore open() throws IOException {
        return EmbeddedStore.open(vertx, folder, new KeptReader());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return Patience.get(future);
    }
}
