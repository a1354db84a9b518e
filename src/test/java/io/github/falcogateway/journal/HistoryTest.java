package io.github.falcogateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.codec.EventDecoder;
import io.github.falcogateway.codec.KeptForm;
import io.github.falcogateway.codec.KeptReader;
import io.github.falcogateway.event.Draft;
import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.event.Provenance;
import io.github.falcogateway.event.Via;
import io.github.falcogateway.telemetry.Telemetry;
import io.github.falcogateway.testing.Patience;
import io.github.falcogateway.testing.TestEvents;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {

    private static final Instant BEGIN = Instant.parse("2026-05-01T00:00:00Z");
    private static final int MANY = IndexBlock.SIZE + 5000;
    private static final List<Draft> DRAFTS = drafts();

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private Store store;
    private Journal journal;

    @BeforeEach
    void start() throws Exception {
        store = EmbeddedStore.open(vertx, folder, new KeptReader());
        journal = open();
    }

    @AfterEach
    void end() {
        await(journal.close());
        await(store.close());
        await(vertx.close());
    }

    @Test
    void findsByOutlineAndTimeNewestFirst() {
        append(3000);
        Search rare = search(outline -> outline.rule().equals("rule 7"));
        List<Long> found = await(journal.history().find(rare, Long.MAX_VALUE, 10));
        assertThat(found).hasSize(10).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(await(journal.history().read(found)))
                .extracting(JournaledEvent::id)
                .isEqualTo(found);
        assertThat(await(journal.history().read(found)))
                .allSatisfy(event -> assertThat(event.event().rule()).isEqualTo("rule 7"));
        assertThat(await(journal.history().find(rare, found.get(9), 10)))
                .isNotEmpty()
                .allSatisfy(id -> assertThat(id).isLessThan(found.get(9)));
        Search hour = new Search(all -> true, null, BEGIN.plusSeconds(10), BEGIN.plusSeconds(20));
        assertThat(await(journal.history().find(hour, Long.MAX_VALUE, 100)))
                .containsExactly(20L, 19L, 18L, 17L, 16L, 15L, 14L, 13L, 12L, 11L);
        Search byTime = new Search(all -> true, event -> event.time().equals(BEGIN.plusSeconds(4)), null, null);
        assertThat(await(journal.history().find(byTime, Long.MAX_VALUE, 100))).containsExactly(5L);
    }

    @Test
    void findsEventsFromFarBeforeAndAfterOurTime() {
        await(journal.append(
                List.of(timed("0001-01-01T00:00:00Z"), timed("2300-01-01T00:00:00Z"), timed("9999-12-31T23:59:59Z")),
                Durability.CONFIGURED));

        assertThat(await(journal.history().find(search(all -> true), Long.MAX_VALUE, 10)))
                .containsExactly(3L, 2L, 1L);
        assertThat(counts()).containsEntry("rERROR", 3L);
        Search late = new Search(all -> true, null, BEGIN, Instant.parse("9999-01-01T00:00:00Z"));
        assertThat(await(journal.history().find(late, Long.MAX_VALUE, 10))).containsExactly(3L, 2L);
    }

    @Test
    void findsTheFirstThatCameInAtATimeThoughTheClockWasSetBack() throws Exception {
        int back = IndexBlock.SIZE + 3000;
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            // Set back by a thousand seconds.
            drafts.add(arrived(BEGIN.plusSeconds(i < back ? i : i - 1000)));
        }
        for (int i = 0; i < MANY; i += 1000) {
            await(journal.append(drafts.subList(i, Math.min(MANY, i + 1000)), Durability.CONFIGURED));
        }
        Awaitility.await().until(() -> indexes().size() == 1);
        for (int opened = 0; opened < 2; opened++) {
            assertThat(await(journal.history().arrivedBefore(BEGIN))).isZero();
            for (int second : List.of(1, 1023, 1024, 5000, IndexBlock.SIZE - 1, back - 900, back - 100, back - 1)) {
                assertThat(await(journal.history().arrivedBefore(BEGIN.plusSeconds(second))))
                        .isEqualTo(second);
            }
            assertThat(await(journal.history().arrivedBefore(BEGIN.plusSeconds(back + 100))))
                    .isEqualTo(back + 1100);
            assertThat(await(journal.history().arrivedBefore(BEGIN.plusSeconds(2 * MANY))))
                    .isEqualTo(MANY);
            await(journal.close());
            journal = open();
        }
    }

    private static Draft arrived(Instant at) {
        byte[] json = "{\"rule\":\"r\",\"priority\":\"Error\"}".getBytes(StandardCharsets.UTF_8);
        Provenance sender = new Provenance(Via.HTTP, "web-1", "hosts", null, "10.0.0.1", Map.of(), "gw", at);
        return new KeptForm().of(new EventDecoder(1).decode(json, at).events().get(0), sender);
    }

    private static Draft timed(String time) {
        return TestEvents.draft("{\"rule\":\"r\",\"priority\":\"Error\",\"time\":\"" + time + "\"}");
    }

    @Test
    void countsAllBlocksAndFindsThemAgainAfterAReopen() throws Exception {
        append(MANY);
        Map<String, Long> before = counts();
        assertThat(before.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(MANY);
        Awaitility.await().until(() -> indexes().size() == 1);
        await(journal.close());
        journal = open();
        assertThat(counts()).isEqualTo(before);
        append(10);
        assertThat(counts().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(MANY + 10);
        assertThat(await(journal.history().find(search(all -> true), Long.MAX_VALUE, MANY + 20)))
                .hasSize(MANY + 10)
                .doesNotHaveDuplicates();
    }

    @Test
    void makesADamagedOrMissingFileAnew() throws Exception {
        append(MANY);
        Map<String, Long> before = counts();
        Awaitility.await().until(() -> indexes().size() == 1);
        await(journal.close());
        Path file = indexes().get(0);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        journal = open();
        assertThat(counts()).isEqualTo(before);
        await(journal.close());
        Files.delete(file);
        journal = open();
        assertThat(counts()).isEqualTo(before);
        assertThat(indexes()).containsExactly(file);
    }

    /** Blocks whose times are known are left out where nothing of them is asked for. */
    @Test
    void findsByTimeInTheBlocksThatHoldIt() throws Exception {
        append(MANY);
        Awaitility.await().until(() -> indexes().size() == 1);
        for (int round = 0; round < 2; round++) {
            for (int from : List.of(-100, 0, 1000, IndexBlock.SIZE - 10, IndexBlock.SIZE + 100, MANY + 5)) {
                Instant since = BEGIN.plusSeconds(from);
                Search search = new Search(all -> true, null, since, since.plusSeconds(20));
                long expected = Math.max(0, Math.min(MANY, from + 20L) - Math.max(0, from));
                assertThat(await(journal.history().find(search, Long.MAX_VALUE, 100)))
                        .as("from %d", from)
                        .hasSize((int) expected);
            }
            await(journal.close());
            journal = open();
        }
        byte[] bytes = Files.readAllBytes(indexes().get(0));
        assertThat(IndexBlock.span(bytes, 0))
                .isEqualTo(IndexBlock.decode(bytes, 0, new OutlineBook()).span());
    }

    @Test
    void tellsFromWhenToWhenEventsAre() throws Exception {
        assertThat(await(journal.history().span(search(all -> true)))).isNull();
        append(MANY);
        await(journal.append(
                List.of(
                        TestEvents.draft("{\"rule\":\"late\",\"priority\":\"Error\",\"time\":\"" + BEGIN.minusSeconds(9)
                                + "\"}"),
                        TestEvents.draft("{\"rule\":\"rule 7\",\"priority\":\"Error\",\"time\":\""
                                + BEGIN.plusSeconds(30) + "\"}")),
                Durability.CONFIGURED));
        Awaitility.await().until(() -> indexes().size() == 1);
        for (int round = 0; round < 2; round++) {
            assertThat(seconds(search(all -> true))).containsExactly(-9, MANY - 1);
            assertThat(seconds(search(outline -> outline.rule().equals("late"))))
                    .containsExactly(-9, -9);
            assertThat(seconds(search(outline -> outline.rule().equals("rule 7"))))
                    .containsExactly(7, (MANY - 8) / 13 * 13 + 7);
            assertThat(seconds(new Search(all -> true, null, BEGIN.plusSeconds(5), BEGIN.plusSeconds(90))))
                    .containsExactly(5, 89);
            assertThat(seconds(new Search(
                            outline -> outline.rule().equals("rule 7"),
                            event -> event.time().isAfter(BEGIN.plusSeconds(20)),
                            null,
                            BEGIN.plusSeconds(90))))
                    .containsExactly(30, 85);
            assertThat(await(journal.history()
                            .span(search(outline -> outline.rule().equals("none")))))
                    .isNull();
            await(journal.close());
            journal = open();
        }
    }

    /** The ends of a span, in seconds from the first event's time. */
    private List<Integer> seconds(Search search) {
        History.Span span = await(journal.history().span(search));
        assertThat(span).isNotNull();
        return Stream.of(span.earliest(), span.latest())
                .map(nanos -> (int) Duration.between(BEGIN, Tally.time(nanos)).toSeconds())
                .toList();
    }

    private Journal open() throws Exception {
        return EmbeddedJournal.open(
                vertx, JournalOptions.at(folder), new KeptReader(), store, new Telemetry("test").journal());
    }

    private List<Path> indexes() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".idx")).toList();
        }
    }

    private Map<String, Long> counts() {
        Map<String, Long> counts = new HashMap<>();
        await(journal.history()
                .tally(
                        search(all -> true),
                        outline -> (id, nanos) -> counts.merge(outline.rule() + outline.priority(), 1L, Long::sum)));
        return counts;
    }

    private static Search search(Predicate<FalcoEvent> outline) {
        return new Search(outline, null, null, null);
    }

    private void append(int count) {
        List<Future<Receipt>> answers = new ArrayList<>();
        for (int from = 0; from < count; from += 1000) {
            answers.add(journal.append(DRAFTS.subList(from, Math.min(count, from + 1000)), Durability.CONFIGURED));
        }
        answers.forEach(HistoryTest::await);
    }

    private static List<Draft> drafts() {
        List<Draft> drafts = new ArrayList<>(MANY);
        for (int i = 0; i < MANY; i++) {
            String priority = Priority.values()[i % 8].label();
            drafts.add(TestEvents.draft("{\"rule\":\"rule " + i % 13 + "\",\"priority\":\"" + priority
                    + "\",\"time\":\"" + BEGIN.plusSeconds(i) + "\",\"tags\":[\"t" + i % 3 + "\"]}"));
        }
        return drafts;
    }

    private static <T> T await(Future<T> future) {
        try {
            return Patience.get(future);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
