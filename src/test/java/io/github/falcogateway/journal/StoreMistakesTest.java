package io.github.falcogateway.journal;

import static io.github.falcogateway.testing.JournalContract.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.falcogateway.codec.KeptReader;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreMistakesTest {

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void aChangeThatCannotBeMadeFailsAndTheNextIsKept() throws Exception {
        EmbeddedStore store = EmbeddedStore.open(vertx, folder, new KeptReader());
        assertThatThrownBy(() -> await(store.commit("archive", 1, List.of(), withoutText())))
                .isInstanceOf(NullPointerException.class);
        await(store.commit("archive", 2, List.of(), Map.of("a", Buffer.buffer("x"))));
        assertThat(store.cursors()).isEqualTo(Map.of("archive", 2L));
        assertThat(await(store.notes("archive"))).containsOnlyKeys("a");
        await(store.close());
    }

    @SuppressWarnings("NullAway")
    private static Map<String, Buffer> withoutText() {
        Map<String, Buffer> notes = new HashMap<>();
        notes.put("b", null);
        return notes;
    }
}
