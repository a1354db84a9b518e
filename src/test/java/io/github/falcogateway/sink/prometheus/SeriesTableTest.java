package io.github.falcogateway.sink.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.testing.TestEvents;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SeriesTableTest {

    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final KnownRule SHELL =
            new KnownRule("Terminal shell in container", Priority.NOTICE, "syscall", List.of("container", "shell"));

    private long ids;

    @Test
    void countsWhatIsOverTheBoundInOneSeries() {
        SeriesTable table = new SeriesTable(new PrometheusOptions(2, true, true, Duration.ofDays(1)));
        for (String rule : List.of("a", "b", "c", "d", "a")) {
            table.count(event(rule, ""), 0);
        }
        assertThat(counts(table)).isEqualTo(Map.of("a", 2L, "b", 1L, "_other", 2L));
        assertThat(table.overflowed()).isEqualTo(2);
    }

    @Test
    void dropsThePodsThatAreSilentAndTheHostsMuchLater() {
        SeriesTable table = new SeriesTable(PrometheusOptions.defaults());
        table.count(event("on the host", ""), 0);
        table.count(event("in a pod", "web-7f"), 0);
        table.expire(23 * HOUR);
        assertThat(counts(table)).hasSize(2);
        table.expire(25 * HOUR);
        assertThat(counts(table)).isEqualTo(Map.of("on the host", 1L));
        table.expire(31 * 24 * HOUR);
        assertThat(table.all()).isEmpty();
        assertThat(table.dropped()).isEqualTo(2);
    }

    @Test
    void beginsKnownRulesAtZeroOnEveryHostItHasSeen() {
        SeriesTable table = new SeriesTable(PrometheusOptions.defaults());
        table.expect(List.of(SHELL), 0);
        assertThat(table.all()).isEmpty();
        table.count(event("other", ""), 0);
        assertThat(counts(table)).isEqualTo(Map.of("other", 1L, SHELL.name(), 0L));
        table.expire(29 * 24 * HOUR);
        assertThat(counts(table)).hasSize(2);
        table.expect(List.of(), 0);
        assertThat(counts(table)).isEqualTo(Map.of("other", 1L));
    }

    @Test
    void keepsHalfOfItsRoomForEventsThatCome() {
        SeriesTable table = new SeriesTable(new PrometheusOptions(4, true, true, Duration.ofDays(1)));
        table.expect(List.of(SHELL, rule("b"), rule("c"), rule("d"), rule("e")), 0);
        table.count(event("b", ""), 0);
        assertThat(table.all()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void goesOnFromWhatWasKept() {
        SeriesTable first = new SeriesTable(PrometheusOptions.defaults());
        Map<String, Buffer> store = new HashMap<>();
        first.count(event("quotes \" \\ and\nlines", "web-1"), 5);
        first.count(event("gone", "web-2"), 6);
        keep(store, first);
        first.count(event("quotes \" \\ and\nlines", "web-1"), 25 * HOUR);
        first.expire(25 * HOUR + 10);
        keep(store, first);
        store.put("series:no json", Buffer.buffer("{"));
        SeriesTable second = new SeriesTable(PrometheusOptions.defaults());
        second.expect(List.of(SHELL), 26 * HOUR);
        second.restore(SeriesNotes.read(store), 26 * HOUR);
        assertThat(counts(second)).isEqualTo(Map.of("quotes \" \\ and\nlines", 2L, SHELL.name(), 0L));
        assertThat(second.births()).isGreaterThanOrEqualTo(2);
        assertThat(second.dropped()).isEqualTo(1);
        assertThat(second.isChanged()).isFalse();
    }

    @Test
    void knowsNoMoreHostsThanItMayHaveSeries() {
        SeriesTable table = new SeriesTable(new PrometheusOptions(3, true, true, Duration.ofHours(1)));
        for (int i = 0; i < 5; i++) {
            table.count(TestEvents.journaled(++ids, "r", "Error", "host-" + i), i);
        }
        assertThat(table.changes().hosts()).isEqualTo(Map.of("host-0", 0L, "host-1", 1L, "host-2", 2L));
        table.expire(30 * HOUR + 2);
        assertThat(table.changes().hosts()).isEqualTo(Map.of("host-0", -1L, "host-1", -1L));
        table.count(TestEvents.journaled(++ids, "r", "Error", "host-4"), 31 * HOUR);
        assertThat(table.changes().hosts()).isEqualTo(Map.of("host-4", 31 * HOUR));
    }

    @Test
    void marksAHostAgainEachHourThatItHasEvents() {
        SeriesTable table = new SeriesTable(new PrometheusOptions(9, true, true, Duration.ofMinutes(1)));
        table.count(event("a", ""), 0);
        table.count(event("b", ""), HOUR / 2);
        table.count(event("a", ""), HOUR - 1);
        assertThat(table.changes().hosts()).isEqualTo(Map.of("web-1", 0L));
        table.count(event("b", ""), HOUR);
        table.count(event("a", ""), HOUR + 1);
        assertThat(table.changes().hosts()).isEqualTo(Map.of("web-1", HOUR));
        // Forgotten while its series go on, as a mark may be an hour old.
        table.expire(HOUR + Duration.ofMinutes(31).toMillis());
        table.count(event("a", ""), HOUR + Duration.ofMinutes(31).toMillis());
        assertThat(table.changes().hosts())
                .isEqualTo(Map.of("web-1", HOUR + Duration.ofMinutes(31).toMillis()));
    }

    @Test
    void tellsOfEachSeriesThatCountedSinceItWasAsked() {
        SeriesTable table = new SeriesTable(PrometheusOptions.defaults());
        for (int i = 0; i < 3; i++) {
            table.count(event("a", ""), i);
            table.count(event("a", ""), i);
            assertThat(table.changes().counted()).hasSize(1);
            assertThat(table.isChanged()).isFalse();
        }
    }

    @Test
    void countsAHostThatItDoesNotKnow() {
        SeriesTable table = new SeriesTable(new PrometheusOptions(2, true, true, Duration.ofHours(1)));
        table.count(event("r", "web-1"), 0);
        table.count(TestEvents.journaled(++ids, "r", "Error", "host-2"), 0);
        table.expire(2 * HOUR);
        table.count(TestEvents.journaled(++ids, "r", "Error", "host-3"), 2 * HOUR);
        assertThat(table.changes().hosts()).containsOnlyKeys("web-1", "host-2");
        assertThat(table.all())
                .extracting(series -> series.labels().hostname())
                .containsExactlyInAnyOrder("host-2", "host-3");
    }

    @Test
    void letsGoOfTheOldestHostsThatWereKeptOverTheBound() {
        SeriesTable table = new SeriesTable(new PrometheusOptions(4, true, true, Duration.ofHours(1)));
        Map<String, Long> kept = Map.of("a", 5L, "b", 1L, "c", 3L, "d", 4L, "e", 2L, "f", 6L);
        table.expect(List.of(SHELL), 7);
        table.restore(new SeriesNotes.Kept(List.of(), kept, Map.of(), 0), 7);
        assertThat(table.changes().hosts()).isEqualTo(Map.of("b", -1L, "e", -1L));
        assertThat(table.all()).extracting(series -> series.labels().hostname()).containsExactlyInAnyOrder("c", "d");
        table.expire(30 * HOUR + 5);
        assertThat(table.changes().hosts()).isEqualTo(Map.of("c", -1L, "d", -1L));
    }

    private static void keep(Map<String, Buffer> store, SeriesTable table) {
        assertThat(table.isChanged()).isTrue();
        SeriesNotes.write(table.changes(), Map.of()).forEach((name, note) -> {
            if (note.length() == 0) {
                store.remove(name);
            } else {
                store.put(name, note);
            }
        });
    }

    private static KnownRule rule(String name) {
        return new KnownRule(name, Priority.NOTICE, "syscall", List.of());
    }

    private JournaledEvent event(String rule, String pod) {
        String json = new io.vertx.core.json.JsonObject()
                .put("rule", rule)
                .put("priority", "Error")
                .put("output_fields", new io.vertx.core.json.JsonObject().put("k8s.pod.name", pod))
                .encode();
        return TestEvents.draft(json).keep(++ids);
    }

    private static Map<String, Long> counts(SeriesTable table) {
        Map<String, Long> counts = new TreeMap<>();
        table.all().forEach(one -> counts.put(one.labels().rule(), one.reading().count()));
        return counts;
    }
}
