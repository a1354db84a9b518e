package io.github.falcogateway.journal;

import static io.github.falcogateway.testing.JournalContract.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.falcogateway.codec.KeptReader;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A crash while a store begins anew: no sink takes the journal's end for its place afterwards. */
class StoreRescueTest {

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void end() {
        await(vertx.close());
    }

    @Test
    void isNewUntilTheSinksHaveTheirPlaces() throws Exception {
        for (int crashes = 0; crashes < 2; crashes++) {
            EmbeddedStore begun = open();
            assertThat(begun.isNew()).isTrue();
            await(begun.close());
        }
        EmbeddedStore settled = open();
        var place = settled.commit("archive", 7, List.of(), Map.of());
        settled.settle();
        await(place);
        await(settled.close());
        EmbeddedStore again = open();
        assertThat(again.isNew()).isFalse();
        await(again.close());
    }

    @Test
    void keepsTheFirstPlaceOfASinkWithoutTheUnsyncedLog() throws Exception {
        EmbeddedStore store = open();
        await(store.commit("archive", 7, List.of(), Map.of()));
        Path after = Files.createDirectories(folder.resolve("after a power cut"));
        Files.copy(folder.resolve("state.db"), after.resolve("state.db"));
        await(store.close());
        EmbeddedStore left = EmbeddedStore.open(vertx, after, new KeptReader());
        assertThat(left.cursors()).isEqualTo(Map.of("archive", 7L));
        await(left.close());
    }

    @Test
    void isNewAfterACrashThatFollowedARescue() throws Exception {
        settled();
        Path file = folder.resolve("state.db");
        // The places are on a page of their own.
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, Sqlite.PAGE_BYTES, bytes.length, (byte) 0x55);
        Files.write(file, bytes);
        for (int crashes = 0; crashes < 2; crashes++) {
            EmbeddedStore rescued = open();
            assertThat(rescued.cursors()).isEmpty();
            assertThat(rescued.isNew()).isTrue();
            await(rescued.close());
        }
    }

    @Test
    void goesOnWithARescueThatACrashCameInto() throws Exception {
        settled();
        Files.move(folder.resolve("state.db"), folder.resolve("state.db.rescued"));
        Path log = Files.writeString(folder.resolve("state.db-wal"), "of the damaged file");
        EmbeddedStore store = open();
        assertThat(store.cursors()).isEqualTo(Map.of("archive", 7L));
        assertThat(folder.resolve("state.db.damaged-wal")).hasContent("of the damaged file");
        await(store.close());
        assertThat(log).doesNotExist();
    }

    @Test
    void takesADiskThatRefusesForNoDamage() throws Exception {
        settled();
        Path refusing = folder.resolve("other.db");
        try (StoreTables to = StoreTables.open(refusing, new KeptReader());
                Connection old = Sqlite.reader(folder.resolve("state.db"), true)) {
            try (Connection wall = Sqlite.open(refusing, "NORMAL")) {
                Sqlite.run(wall, "CREATE TRIGGER wall BEFORE INSERT ON cursors BEGIN SELECT RAISE(ABORT, 'full'); END");
            }
            assertThatThrownBy(() -> to.copy(old)).hasMessageContaining("full");
        }
    }

    private void settled() throws IOException {
        EmbeddedStore store = open();
        await(store.commit("archive", 7, List.of(), Map.of()));
        store.settle();
        await(store.close());
    }

    private EmbeddedStore open() throws IOException {
        return EmbeddedStore.open(vertx, folder, new KeptReader());
    }
}
