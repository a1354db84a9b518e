package io.github.falcogateway.sink;

import static io.github.falcogateway.testing.JournalContract.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.bus.Addresses;
import io.github.falcogateway.bus.Channel;
import io.github.falcogateway.codec.KeptReader;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.journal.Durability;
import io.github.falcogateway.journal.EmbeddedJournal;
import io.github.falcogateway.journal.EmbeddedStore;
import io.github.falcogateway.journal.JournalOptions;
import io.github.falcogateway.journal.Limit;
import io.github.falcogateway.rule.Grouping;
import io.github.falcogateway.rule.Route;
import io.github.falcogateway.rule.RuleSet;
import io.github.falcogateway.rule.RuleTable;
import io.github.falcogateway.telemetry.FaultReason;
import io.github.falcogateway.telemetry.Telemetry;
import io.github.falcogateway.testing.TestEvents;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinkVerticleTest {

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Recording recording = new Recording();
    private EmbeddedStore store;
    private EmbeddedJournal journal;
    private RuleTable table;
    private Clock clock = Clock.systemUTC();
    private @Nullable FloodOptions flood;
    private String deployment = "";
    private String routeName = "";
    private SinkVerticle verticle;

    /** Takes what it is given, but for the answers it is told to give first. */
    private static final class Recording implements Sink {
        private final List<Long> ids = Collections.synchronizedList(new ArrayList<>());
        private final List<Summary> summaries = Collections.synchronizedList(new ArrayList<>());
        private final Deque<Outcome> answers = new ArrayDeque<>();
        private volatile @Nullable Promise<Outcome> late;
        private volatile long place = -1;

        @Override
        public void goOn(long last) {
            place = last;
        }

        @Override
        public Future<Void> open() {
            return Future.succeededFuture();
        }

        @Override
        public synchronized Future<Outcome> deliver(List<Delivery> batch) {
            Promise<Outcome> waiting = late;
            if (waiting != null) {
                return waiting.future();
            }
            Outcome answer = answers.isEmpty() ? Outcome.delivered(batch) : answers.removeFirst();
            for (int i = 0; i < answer.done(); i++) {
                if (!answer.refused().containsKey(i)) {
                    ids.add(batch.get(i).event().id());
                    if (batch.get(i).summary() != null) {
                        summaries.add(batch.get(i).summary());
                    }
                }
            }
            return Future.succeededFuture(answer);
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }

    @BeforeEach
    void begin() throws Exception {
        Channel.prepare(vertx);
        store = EmbeddedStore.open(vertx, folder, new KeptReader());
        journal = EmbeddedJournal.open(
                vertx, JournalOptions.at(folder), new KeptReader(), store, new Telemetry("t").journal());
        table = RuleTable.compile(new RuleSet(Map.of(), Map.of(), List.of(), List.of("s"), Set.of("s")));
        Channel<SinkBatch> channel = new Channel<>(vertx, Addresses.sink("s"), SinkBatch.class);
        journal.onAppended(events -> channel.send(new SinkBatch(
                events.get(0).id(),
                events.get(events.size() - 1).id(),
                events.stream().map(event -> new Delivery(event, routeName)).toList())));
    }

    @AfterEach
    void end() {
        await(vertx.undeploy(deployment));
        await(journal.close());
        await(store.close());
        await(vertx.close());
    }

    @Test
    void deliversEveryEventOnceAndInOrder() {
        deploy();
        append(5000);
        Awaitility.await().until(() -> recording.ids.size() == 5000);
        assertThat(recording.ids)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 5000).boxed().toList());
    }

    @Test
    void triesAgainAfterAFaultAndKeepsTheOrder() {
        Fault fault = Fault.passing(FaultReason.SERVER_ERROR, "503");
        recording.answers.add(Outcome.stopped(0, fault));
        recording.answers.add(Outcome.stopped(1, fault));
        recording.answers.add(Outcome.stopped(0, fault));
        deploy();
        append(20);
        Awaitility.await().until(() -> recording.ids.size() == 20);
        assertThat(recording.ids).isSorted().doesNotHaveDuplicates();
        assertThat(verticle.status().lastFault()).isEqualTo("server_error: 503");
    }

    @Test
    void putsARefusedEventIntoTheDeadLettersAndGoesOn() {
        deploy();
        recording.answers.add(new Outcome(1, Map.of(0, "400"), null));
        append(1);
        append(2);
        Awaitility.await().until(() -> recording.ids.size() == 2);
        Awaitility.await()
                .until(() -> await(store.dead("s", 0, SinkOptions.batch(10))).size() == 1);
        assertThat(await(store.dead("s", 0, SinkOptions.batch(10))).get(0).reason())
                .isEqualTo("refused");
    }

    @Test
    void isHeldByAFaultThatNoRetryCuresUntilItIsResumed() {
        recording.answers.add(Outcome.stopped(0, Fault.holding(FaultReason.UNAUTHORIZED, "401")));
        deploy();
        append(3);
        Awaitility.await().until(() -> verticle.status().state() == SinkState.HELD);
        append(3);
        assertThat(recording.ids).isEmpty();
        verticle.resume();
        Awaitility.await().until(() -> recording.ids.size() == 6);
    }

    @Test
    void looksAgainByItselfWhetherAHeldReceiverIsCured() {
        Duration soon = Duration.ofMillis(20);
        for (int i = 0; i < 3; i++) {
            recording.answers.add(Outcome.stopped(0, Fault.probing(FaultReason.UNAUTHORIZED, "401", soon)));
        }
        deploy();
        append(3);
        Awaitility.await().until(() -> recording.ids.size() == 3);
        Awaitility.await().until(() -> verticle.status().state() == SinkState.RUNNING);
    }

    @Test
    void aPauseStaysOneThoughADeliveryFailsMeanwhile() {
        Promise<Outcome> late = Promise.promise();
        recording.late = late;
        deploy();
        append(3);
        Awaitility.await().until(() -> verticle.status().pending() == 3);
        verticle.pause();
        Awaitility.await().until(() -> verticle.status().state() == SinkState.PAUSED);
        recording.late = null;
        late.complete(Outcome.stopped(0, Fault.passing(FaultReason.SERVER_ERROR, "503")));
        Awaitility.await().until(() -> !verticle.status().lastFault().isEmpty());
        assertThat(verticle.status().state()).isEqualTo(SinkState.PAUSED);
        verticle.resume();
        Awaitility.await().until(() -> recording.ids.size() == 3);
    }

    @Test
    void aStopDoesNotWaitForASinkThatCannotDeliver() {
        deploy();
        recording.answers.add(Outcome.stopped(0, Fault.holding(FaultReason.NOT_FOUND, "404")));
        append(3);
        Awaitility.await().until(() -> verticle.status().state() == SinkState.HELD);
        await(verticle.drain());
        assertThat(verticle.status().pending()).isEqualTo(3);
    }

    @Test
    void aStopTriesOnceMoreAndWaitsNoLongerForASinkThatFails() {
        Fault fault = Fault.wait(FaultReason.UNREACHABLE, "refused", Duration.ofMinutes(5));
        recording.answers.add(Outcome.stopped(0, fault));
        recording.answers.add(Outcome.stopped(0, fault));
        deploy();
        append(3);
        Awaitility.await().until(() -> verticle.status().state() == SinkState.RETRYING);
        await(verticle.drain());
        assertThat(recording.answers).isEmpty();
        assertThat(verticle.status().pending()).isEqualTo(3);
    }

    @Test
    void goesOnFromItsPlaceAfterARestart() {
        deploy();
        append(10);
        Awaitility.await().until(() -> recording.ids.size() == 10);
        await(vertx.undeploy(deployment));
        assertThat(recording.place).isEqualTo(-1);
        append(7000);
        deploy();
        assertThat(recording.place).isEqualTo(10);
        append(3);
        Awaitility.await().until(() -> recording.ids.size() == 7013);
        assertThat(recording.ids).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void tellsAGroupOnceAfterItsWaitAlsoWhenItWasRestartedMeanwhile() throws Exception {
        route(new Grouping(List.of("rule"), Duration.ofSeconds(2), Duration.ofMinutes(5), Duration.ofHours(4), 10));
        clock = Clock.fixed(clock.instant(), clock.getZone());
        deploy();
        append(300);
        Awaitility.await().until(() -> store.cursors().get("s") == 300);
        await(vertx.undeploy(deployment));
        assertThat(recording.ids).isEmpty();
        deploy();
        append(50);
        Awaitility.await().until(() -> store.cursors().get("s") == 350);
        await(vertx.undeploy(deployment));
        clock = Clock.offset(clock, Duration.ofSeconds(2));
        deploy();
        Awaitility.await().until(() -> recording.summaries.size() == 1);
        Summary summary = recording.summaries.get(0);
        assertThat(summary.count()).isEqualTo(350);
        assertThat(summary.held()).isEqualTo(Map.of("group", 350L));
        assertThat(summary.values()).containsEntry("rule", new Counts(Map.of("r", 350L), 0));
    }

    @Test
    void keepsWhatIsDecidedAndNotDeliveredOverARestart() throws Exception {
        flood = new FloodOptions(Priority.EMERGENCY, 10, Duration.ofSeconds(1));
        recording.answers.add(Outcome.stopped(0, Fault.holding(FaultReason.UNAUTHORIZED, "401")));
        deploy();
        append(20);
        Awaitility.await().until(() -> verticle.status().state() == SinkState.HELD);
        Awaitility.await().until(() -> store.cursors().get("s") == 20);
        await(vertx.undeploy(deployment));
        deploy();
        Awaitility.await().until(() -> recording.ids.size() == 20);
        assertThat(recording.ids).isSorted().doesNotHaveDuplicates();
    }

    private void route(Grouping grouping) throws Exception {
        flood = FloodOptions.defaults();
        Route route = new Route("route", "", "rule exists", List.of("s"), false, true, null, grouping, null);
        table = RuleTable.compile(new RuleSet(Map.of(), Map.of(), List.of(route), List.of(), Set.of("s")));
        routeName = "route";
    }

    private void deploy() {
        Duration ms = Duration.ofMillis(1);
        SinkOptions options = new SinkOptions(
                Duration.ofSeconds(1), ms, ms.multipliedBy(5), Duration.ofHours(1), SinkOptions.batch(100));
        Telemetry telemetry = new Telemetry("t");
        SinkContext on = new SinkContext(
                journal,
                store,
                id -> table,
                List::of,
                new KeptReader(),
                telemetry.sink("s"),
                telemetry.routes(),
                () -> Limit.of(4096),
                clock);
        verticle = new SinkVerticle(new SinkSpec("s", "recording", options, flood, () -> recording), on);
        deployment = await(vertx.deployVerticle(verticle));
    }

    private void append(int events) {
        List<Future<?>> answers = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            answers.add(journal.append(
                    List.of(TestEvents.draft(
                            "{\"rule\":\"r\",\"priority\":\"Error\",\"time\":\"2026-01-01T00:00:00Z\"}")),
                    Durability.CONFIGURED));
        }
        await(Future.all(answers));
    }
}
