package io.github.falcogateway.ingest.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.falcogateway.bus.Channel;
import io.github.falcogateway.codec.EventDecoder;
import io.github.falcogateway.codec.KeptReader;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.host.HostResolver;
import io.github.falcogateway.host.HostSource;
import io.github.falcogateway.host.HostTable;
import io.github.falcogateway.intake.Intake;
import io.github.falcogateway.intake.IntakeOptions;
import io.github.falcogateway.journal.EmbeddedJournal;
import io.github.falcogateway.journal.EmbeddedStore;
import io.github.falcogateway.journal.Journal;
import io.github.falcogateway.journal.JournalOptions;
import io.github.falcogateway.journal.NoRoomException;
import io.github.falcogateway.journal.Store;
import io.github.falcogateway.telemetry.Telemetry;
import io.github.falcogateway.testing.FakeFalco;
import io.github.falcogateway.testing.Patience;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullJournalTest {

    private static final int MANY = 20_000;

    @TempDir
    Path folder;

    private Vertx vertx;
    private final FullDisk disk = new FullDisk();
    private Journal journal;
    private SourceVerticle source;
    private FakeFalco falco;

    @BeforeEach
    void start() throws Exception {
        vertx = Vertx.vertx();
        Channel.prepare(vertx);
        Telemetry telemetry = new Telemetry("test");
        Store store = EmbeddedStore.open(vertx, folder, new KeptReader());
        journal = disk.before(
                EmbeddedJournal.open(vertx, JournalOptions.at(folder), new KeptReader(), store, telemetry.journal()));
        HostResolver hosts = new HostResolver(
                List.of(HostSource.values()), List.of(), new HostTable(List.of()), "gw", address -> null);
        Intake intake = new Intake(
                vertx, new EventDecoder(10), () -> hosts, journal, store, telemetry.ingest(), IntakeOptions.defaults());
        falco = FakeFalco.at(folder.resolve("f.sock"));
        source = new SourceVerticle(options(), intake, telemetry.source("a"));
    }

    @AfterEach
    void end() throws Exception {
        falco.close();
        // First: what it has taken meanwhile is told on the bus.
        get(journal.close());
        get(vertx.close());
    }

    @Test
    void leavesTheEventsWithFalcoUntilTheJournalHasRoom() throws Exception {
        IntStream.range(0, MANY).forEach(i -> falco.raise("rule " + i));
        falco.start();
        vertx.deployVerticle(source);

        await().until(() -> source.status().state() == SourceState.PAUSED);
        await().until(() -> disk.refusals > 2);
        // What it has, plus what HTTP/2 lets Falco write without being read.
        assertThat(falco.handedOver()).hasSizeLessThan(5000);
        assertThat(source.status().lastError()).contains("the disk refuses");

        disk.full = false;
        await().until(() -> source.status().events() == MANY);
        assertThat(source.status().state()).isEqualTo(SourceState.CONNECTED);
        inOrder(MANY);
    }

    @Test
    void keepsWhatHadArrivedWhenFalcoWentAwayInThePause() throws Exception {
        IntStream.range(0, 300).forEach(i -> falco.raise("rule " + i));
        falco.start();
        vertx.deployVerticle(source);
        await().until(() -> falco.queued() == 0);
        await().until(() -> disk.refusals > 1);

        falco.stop();
        await().until(() -> source.status().lastErrorAt() != null);
        disk.full = false;

        await().untilAsserted(() -> assertThat(source.status().events()).isEqualTo(300));
        inOrder(300);
    }

    private void inOrder(int events) throws Exception {
        assertThat(journal.state().lastId()).isEqualTo(events);
        for (long id = 1; id < events; id += 97) {
            JournaledEvent event = get(journal.find(id));
            assertThat(event.event().rule()).isEqualTo("rule " + (id - 1));
        }
    }

    private SourceOptions options() {
        return new SourceOptions(
                "a",
                SocketAddress.domainSocketAddress(folder.resolve("f.sock").toString()),
                null,
                SourceOptions.Mode.SUB,
                null,
                new SourceOptions.Pace(
                        Duration.ofMillis(20), Duration.ofSeconds(5), Duration.ofMillis(10), Duration.ofMillis(50)),
                1 << 20);
    }

    private static <T> T get(Future<T> future) throws Exception {
        return Patience.get(future);
    }

    /** A disk that is full until it is told otherwise, before a journal that does the rest. */
    private static final class FullDisk {

        volatile boolean full = true;
        volatile int refusals;

        Journal before(Journal journal) {
            return (Journal) Proxy.newProxyInstance(
                    Journal.class.getClassLoader(), new Class<?>[] {Journal.class}, (proxy, method, arguments) -> {
                        if (full && method.getName().equals("append")) {
                            refusals++;
                            return Future.failedFuture(new NoRoomException("the disk refuses events"));
                        }
                        return method.invoke(journal, arguments);
                    });
        }
    }
}
