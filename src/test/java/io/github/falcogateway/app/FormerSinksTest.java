package io.github.falcogateway.app;

import static io.github.falcogateway.testing.JournalContract.await;
import static io.github.falcogateway.testing.JournalContract.draft;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.codec.KeptReader;
import io.github.falcogateway.journal.Durability;
import io.github.falcogateway.journal.EmbeddedJournal;
import io.github.falcogateway.journal.EmbeddedStore;
import io.github.falcogateway.journal.JournalOptions;
import io.github.falcogateway.telemetry.Telemetry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormerSinksTest {

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private EmbeddedStore store;
    private EmbeddedJournal journal;

    @BeforeEach
    void begin() throws Exception {
        store = EmbeddedStore.open(vertx, folder, new KeptReader());
        journal = EmbeddedJournal.open(
                vertx, JournalOptions.at(folder), new KeptReader(), store, new Telemetry("test").journal());
        await(journal.append(List.of(draft("a"), draft("b")), Durability.CONFIGURED));
        for (String sink : List.of("behind", "there", "configured")) {
            await(store.commit(sink, sink.equals("there") ? 2 : 1, List.of(), Map.of()));
        }
    }

    @AfterEach
    void end() {
        await(journal.close());
        await(store.close());
        await(vertx.close());
    }

    @Test
    void keepsAPlaceForAWeekOfEvents() {
        await(FormerSinks.forget(
                store, journal, Set.of("configured"), Instant.now().plus(Duration.ofDays(6))));
        assertThat(store.cursors()).containsOnlyKeys("behind", "there", "configured");
        await(FormerSinks.forget(
                store, journal, Set.of("configured"), Instant.now().plus(Duration.ofDays(8))));
        assertThat(store.cursors()).containsOnlyKeys("there", "configured");
    }
}
