package io.github.falcogateway.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.bus.Addresses;
import io.github.falcogateway.bus.Channel;
import io.github.falcogateway.codec.KeptReader;
import io.github.falcogateway.journal.Durability;
import io.github.falcogateway.journal.EmbeddedJournal;
import io.github.falcogateway.journal.EmbeddedStore;
import io.github.falcogateway.journal.JournalOptions;
import io.github.falcogateway.journal.Limit;
import io.github.falcogateway.rule.RuleSet;
import io.github.falcogateway.rule.RuleTable;
import io.github.falcogateway.telemetry.Telemetry;
import io.github.falcogateway.testing.FlakySink;
import io.github.falcogateway.testing.ForgetfulStore;
import io.github.falcogateway.testing.JournalContract;
import io.github.falcogateway.testing.TestEvents;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random faults, losses, crashes, reloads, pauses and clocks from a seed: every event is delivered, dead or pending. */
class SinkPropertyTest {

    private static final int STEPS = 60;

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private final Set<Long> answered = new HashSet<>();
    private Random random = new Random();
    private EmbeddedStore store;
    private EmbeddedJournal journal;
    private ForgetfulStore forgetful;
    private FlakySink sink;
    private RuleTable table;
    private SinkVerticle verticle;
    private String deployment = "";
    private boolean crashes;

    @AfterEach
    void end() {
        await(journal.close());
        await(store.close());
        await(vertx.close());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyAnsweredEventIsDeliveredDeadOrPending(long seed) throws Exception {
        random = new Random(seed);
        crashes = seed % 2 == 1;
        open();
        deploy();
        for (int step = 0; step < STEPS; step++) {
            act(random.nextInt(10));
        }
        sink.heal();
        verticle.resume();
        Awaitility.await()
                .untilAsserted(() -> assertThat(verticle.status().cursor())
                        .isEqualTo(journal.state().lastId()));
        await(vertx.undeploy(deployment));
        assertThat(union(sink.delivered(), dead())).as("seed %d", seed).isEqualTo(answered);
        if (!crashes) {
            assertThat(sink.deliveries()).as("seed %d", seed).doesNotHaveDuplicates();
        }
        assertThat(sink.outOfOrder()).as("seed %d", seed).isEmpty();
    }

    private void act(int action) {
        switch (action) {
            case 0, 1, 2, 3, 4 -> append(1 + random.nextInt(40));
            case 5 -> {
                await(vertx.undeploy(deployment));
                if (forgetful.isBehind()) {
                    // A stop does not wait for a slow disk for ever, which is a crash for the sink's place.
                    crashes = true;
                    sink.crashed();
                }
                check();
                deploy();
            }
            case 6 -> {
                if (crashes) {
                    crash();
                }
            }
            case 7 -> now.updateAndGet(time -> time.plus(Duration.ofMinutes(random.nextInt(40))));
            case 8 -> {
                verticle.pause();
                append(random.nextInt(5) + 1);
                verticle.resume();
            }
            default -> {
                Set<Long> letters = dead();
                sink.allowAgain(letters);
                verticle.redeliver(List.copyOf(letters));
            }
        }
    }

    /** What the store would have after a kill: the places up to then, nothing of the end. */
    private void crash() {
        forgetful.forget();
        await(vertx.undeploy(deployment));
        check();
        sink.crashed();
        deploy();
    }

    /** Nothing before the sink's place is neither delivered nor dead. */
    private void check() {
        long place = store.cursors().getOrDefault("s", 0L);
        Set<Long> settled = union(sink.delivered(), dead());
        assertThat(answered.stream().filter(id -> id <= place)).allMatch(settled::contains);
    }

    private Set<Long> dead() {
        Set<Long> ids = new HashSet<>();
        await(store.eachDead("s", 100_000, letter -> ids.add(letter.event().id())));
        return ids;
    }

    private void open() throws Exception {
        Channel.prepare(vertx);
        store = EmbeddedStore.open(vertx, folder, new KeptReader());
        journal = EmbeddedJournal.open(
                vertx, JournalOptions.at(folder), new KeptReader(), store, new Telemetry("t").journal());
        table = RuleTable.compile(new RuleSet(Map.of(), Map.of(), List.of(), List.of("s"), Set.of("s")));
        sink = new FlakySink(vertx, new Random(random.nextLong()), crashes);
        Channel<SinkBatch> channel = new Channel<>(vertx, Addresses.sink("s"), SinkBatch.class);
        journal.onAppended(events -> channel.send(new SinkBatch(
                events.get(0).id(),
                events.get(events.size() - 1).id(),
                events.stream().map(event -> new Delivery(event, "")).toList())));
    }

    private void deploy() {
        forgetful = new ForgetfulStore(store);
        Telemetry telemetry = new Telemetry("t");
        SinkOptions options = new SinkOptions(
                Duration.ofSeconds(1),
                Duration.ofMillis(1),
                Duration.ofMillis(3),
                Duration.ofHours(1),
                SinkOptions.batch(1 + random.nextInt(30)));
        SinkContext on = new SinkContext(
                journal,
                forgetful,
                id -> table,
                List::of,
                new KeptReader(),
                telemetry.sink("s"),
                telemetry.routes(),
                () -> Limit.of(4096),
                clock());
        verticle = new SinkVerticle(new SinkSpec("s", "flaky", options, null, () -> sink), on);
        deployment = await(vertx.deployVerticle(verticle));
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
    }

    private void append(int events) {
        List<Future<io.github.falcogateway.journal.Receipt>> answers = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            answers.add(journal.append(
                    List.of(TestEvents.draft("{\"rule\":\"r\",\"priority\":\"Error\"}")), Durability.CONFIGURED));
        }
        answers.forEach(answer -> answered.add(await(answer).firstId()));
    }

    private static Set<Long> union(Set<Long> one, Set<Long> other) {
        Set<Long> all = new HashSet<>(one);
        all.addAll(other);
        return all;
    }

    private static <V> V await(Future<V> future) {
        return JournalContract.await(future);
    }
}
