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
import io.github.falcogateway.journal.Store;
import io.github.falcogateway.rule.RuleSet;
import io.github.falcogateway.rule.RuleTable;
import io.github.falcogateway.sink.SinkOptions;
import io.github.falcogateway.sink.file.FileOptions;
import io.github.falcogateway.telemetry.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sink that nobody tells of events, beside a store whose disk takes its time. */
class SinksTest {

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Telemetry telemetry = new Telemetry("test");
    /** What a commit waits for. */
    private final AtomicReference<Future<Void>> disk = new AtomicReference<>(Future.succeededFuture());

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
        sinks = new Sinks(vertx, telemetry, journal, slow(), id -> table, silences, List::of);
        FileOptions file = FileOptions.at(folder.resolve("s.ndjson"));
        await(sinks.apply(Map.of("s", new SinkConfig("s", "file", SinkOptions.defaults(), null, file))));
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
    void forgetsThePlaceOfASinkThatIsTakenAwayThoughItIsKeptLate() {
        append(3);
        // Longer than the end of a sink waits for its place.
        Future<Void> late = vertx.timer(3, TimeUnit.SECONDS).mapEmpty();
        disk.set(late);
        await(sinks.retire(Set.of(), Duration.ofSeconds(5)));
        assertThat(lines()).isEqualTo(3);
        await(late);
        await(store.notes("s"));
        assertThat(store.cursors()).isEmpty();
    }

    private Store slow() {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(),
                new Class<?>[] {Store.class},
                (proxy, method, arguments) -> method.getName().equals("commit")
                        ? disk.get().compose(done -> call(method, arguments))
                        : method.invoke(store, arguments));
    }

    @SuppressWarnings("unchecked")
    private Future<Void> call(Method method, Object[] arguments) {
        try {
            return (Future<Void>) method.invoke(store, arguments);
        } catch (ReflectiveOperationException failed) {
            return Future.failedFuture(failed);
        }
    }

    private long lines() {
        Path file = folder.resolve("s.ndjson");
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
