package io.github.falcogateway.journal;

import static io.github.falcogateway.testing.JournalContract.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.codec.KeptReader;
import io.github.falcogateway.testing.StoreFile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the sinks are while the disk takes nothing. */
class PlacesTest {

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private EmbeddedStore store;
    private StoreFile file;

    @BeforeEach
    void begin() throws Exception {
        store = EmbeddedStore.open(vertx, folder, new KeptReader());
        file = new StoreFile(folder);
        await(store.commit("s", 7, List.of(), notes("old")));
        file.refuse();
    }

    @AfterEach
    void end() {
        await(store.close());
        await(vertx.close());
    }

    @Test
    void saysWhatTheDiskHas() {
        Future<Void> later = commit("s", 9);
        assertThat(store.cursors()).containsExactly(Map.entry("s", 7L));
        file.accept();
        await(later);
        assertThat(store.cursors()).containsExactly(Map.entry("s", 9L));
    }

    @Test
    void saysTheFirstPlaceOfANewSinkAtOnce() {
        commit("new", 8);
        commit("new", 9);
        assertThat(store.cursors()).containsEntry("new", 8L);
        file.accept();
    }

    @Test
    void forgetsASinkAtOnceAndWhatIsOnItsWay() {
        commit("s", 9);
        Future<Void> gone = store.forget("s");
        assertThat(store.cursors()).isEmpty();
        assertThat(await(store.notes("s"))).isEmpty();
        file.accept();
        await(gone);
        assertThat(store.cursors()).isEmpty();
        assertThat(await(store.notes("s"))).isEmpty();
    }

    @Test
    void keepsTheNewSinkOfANameThatWasForgotten() throws Exception {
        commit("s", 9);
        store.forget("s");
        Future<Void> added = store.commit("s", 20, List.of(), notes("new"));
        assertThat(store.cursors()).containsExactly(Map.entry("s", 20L));
        file.accept();
        await(added);
        await(store.close());
        store = EmbeddedStore.open(vertx, folder, new KeptReader());
        assertThat(store.cursors()).containsExactly(Map.entry("s", 20L));
        assertThat(await(store.notes("s"))).isEqualTo(notes("new"));
    }

    private Future<Void> commit(String sink, long id) {
        return store.commit(sink, id, List.of(), Map.of());
    }

    private static Map<String, Buffer> notes(String text) {
        return Map.of(text, Buffer.buffer(text));
    }
}
