package io.github.falcogateway.app;

import static io.github.falcogateway.testing.JournalContract.await;
import static io.github.falcogateway.testing.JournalContract.draft;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.bus.Channel;
import io.github.falcogateway.codec.KeptReader;
import io.github.falcogateway.config.SinkConfig;
import io.github.falcogateway.journal.Durability;
import io.github.falcogateway.journal.EmbeddedJournal;
import io.github.falcogateway.journal.EmbeddedStore;
import io.github.falcogateway.journal.JournalOptions;
import io.github.falcogateway.rule.RuleSet;
import io.github.falcogateway.rule.RuleTable;
import io.github.falcogateway.sink.SinkOptions;
import io.github.falcogateway.sink.file.FileOptions;
import io.github.falcogateway.telemetry.Telemetry;
import io.github.falcogateway.testing.StoreFile;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sink that nobody tells of events, beside a store whose disk may refuse. */
class SinksTest {

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Telemetry telemetry = new Telemetry("test");
    private EmbeddedStore store;
    private EmbeddedJournal journal;
    private Sinks sinks;

    @BeforeEach
    void begin() throws Exception {
        Channel.prepare(vertx);
        store = EmbeddedStore.open(vertx, folder, new KeptReader());
        journal = EmbeddedJournal.open(vertx, JournalOptions.at(folder), new KeptReader(), store, telemetry.journal());
        RuleTable table = RuleTable.compile(new RuleSet(Map.of(), Map.of(), List.of(), List.of("s"), Set.of("s")));
        Silences silences = new Silences(store, telemetry.routes());
        sinks = new Sinks(vertx, telemetry, journal, store, id -> table, silences, List::of);
        run();
        store.settle();
    }

    @AfterEach
    void end() {
        await(sinks.stop(Duration.ofSeconds(1)));
        await(journal.close());
        await(store.close());
        await(vertx.close());
    }

    @Test
    void deliversWhatTheBusDidNotTellOnceItCatchesUp() {
        append(3);
        sinks.find("s").catchUp();
        Awaitility.await().until(() -> lines() == 3);
    }

    @Test
    void forgetsASinkThatIsTakenAwayThoughTheDiskRefuses() {
        append(3);
        StoreFile file = new StoreFile(folder);
        file.refuse();
        await(sinks.retire(Set.of(), Duration.ofSeconds(5)));
        assertThat(lines()).isEqualTo(3);
        append(2);
        run();
        append(1);
        sinks.find("s").catchUp();
        Awaitility.await().untilAsserted(() -> assertThat(lines()).isEqualTo(4));
        file.accept();
        Awaitility.await().until(() -> Map.of("s", 6L).equals(store.cursors()));
    }

    @Test
    void beginsAnewWhereItWasThoughTheDiskRefuses() {
        await(sinks.retire(Set.of(), Duration.ofSeconds(5)));
        StoreFile file = new StoreFile(folder);
        file.refuse();
        run();
        append(3);
        // Another one of the same name: what the first one was not told is not past.
        FileOptions other = FileOptions.at(folder.resolve("other.ndjson"));
        await(sinks.apply(Map.of("s", new SinkConfig("s", "file", SinkOptions.defaults(), null, other))));
        Awaitility.await().until(() -> lines("other.ndjson") == 3);
        file.accept();
    }

    private void run() {
        FileOptions file = FileOptions.at(folder.resolve("s.ndjson"));
        await(sinks.apply(Map.of("s", new SinkConfig("s", "file", SinkOptions.defaults(), null, file))));
    }

    private long lines() {
        return lines("s.ndjson");
    }

    private long lines(String name) {
        Path file = folder.resolve(name);
        try {
            return Files.exists(file) ? Files.readAllLines(file).size() : 0;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void append(int events) {
        for (int i = 0; i < events; i++) {
            await(journal.append(List.of(draft("r" + i)), Durability.CONFIGURED));
        }
    }
}
