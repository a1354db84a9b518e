package io.github.falcogateway.journal;

import static io.github.falcogateway.testing.JournalContract.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.codec.KeptReader;
import io.github.falcogateway.testing.TestEvents;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private EmbeddedStore store;

    @BeforeEach
    void start() throws Exception {
        store = EmbeddedStore.open(vertx, folder, new KeptReader());
        List<DeadLetter> dead = new ArrayList<>();
        for (long id = 10; id <= 60; id += 10) {
            String event = "{\"rule\":\"r\",\"priority\":\"Error\",\"output\":\"" + "x".repeat(800_000) + "\"}";
            dead.add(new DeadLetter(TestEvents.draft(event).keep(id), "route", "refused", "no", TestEvents.NOW));
        }
        await(store.commit("s", 60, dead, Map.of()));
    }

    @AfterEach
    void end() {
        await(store.close());
        await(vertx.close());
    }

    @Test
    void areReadAFewAtATimeByTheirBytes() {
        assertThat(ids(await(store.dead("s", 0, Limit.of(100))))).containsExactly(10L, 20L);
        assertThat(ids(await(store.dead("s", 20, Limit.of(1))))).containsExactly(30L);
        assertThat(ids(await(store.dead("s", 25, new Limit(100, 1))))).containsExactly(30L);
        assertThat(await(store.dead("s", 60, Limit.of(100)))).isEmpty();
    }

    @Test
    void areHandedOverOneByOneUpToTheMost() {
        List<Long> all = new ArrayList<>();
        await(store.eachDead("s", 100, letter -> all.add(letter.event().id())));
        assertThat(all).containsExactly(10L, 20L, 30L, 40L, 50L, 60L);
        List<Long> some = new ArrayList<>();
        await(store.eachDead("s", 5, letter -> some.add(letter.event().id())));
        assertThat(some).containsExactly(10L, 20L, 30L, 40L, 50L);
    }

    private static List<Long> ids(List<DeadLetter> letters) {
        return letters.stream().map(letter -> letter.event().id()).toList();
    }
}
