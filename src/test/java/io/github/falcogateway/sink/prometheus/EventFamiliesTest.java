package io.github.falcogateway.sink.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.telemetry.Scraper;
import io.github.falcogateway.testing.TestEvents;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class EventFamiliesTest {

    private static final long NOON = Instant.parse("2026-01-01T12:00:00Z").toEpochMilli();
    private static final long MINUTE = 60_000;

    private final SeriesTable table = new SeriesTable(PrometheusOptions.defaults());
    private final AtomicBoolean caughtUp = new AtomicBoolean(true);
    private final EventFamilies families = new EventFamilies(
            table, new Scrapers(), true, caughtUp::get, Clock.fixed(Instant.ofEpochMilli(NOON), ZoneOffset.UTC));

    @Test
    void showsNothingUntilAllIsCountedThatWasShownBeforeARestart() {
        count("[]", NOON);
        caughtUp.set(false);
        assertThat(families.collect().size()).isZero();
        caughtUp.set(true);
        assertThat(events(families.collect())).containsExactly(1.0);
        caughtUp.set(false);
        assertThat(events(families.collect())).as("once shown it stays").containsExactly(1.0);
    }

    @Test
    void addsUpWhatDiffersByTagsAloneForFalcosidekick() {
        count("[\"a\"]", NOON - MINUTE);
        count("[\"b\"]", NOON);
        count("[\"b\"]", NOON);
        MetricSnapshots shown = families.collect();
        assertThat(events(shown)).containsExactlyInAnyOrder(1.0, 2.0);
        CounterDataPointSnapshot both = shown.stream()
                .filter(family -> family.getMetadata().getName().startsWith("falcosecurity"))
                .map(family -> ((CounterSnapshot) family).getDataPoints().get(0))
                .findFirst()
                .orElseThrow();
        assertThat(both.getValue()).isEqualTo(3);
        assertThat(both.getCreatedTimestampMillis()).isEqualTo(NOON - MINUTE);
    }

    @Test
    void takesWhatIsYoungForAnIncreaseWhereAPrometheusComesForTheFirstTime() {
        count("[\"old\"]", NOON - 6 * MINUTE);
        count("[\"young\"]", NOON - 4 * MINUTE);
        Scraper scraper = new Scraper("10.0.0.9", 40_000);
        assertThat(events(families.collect(scraper))).containsExactlyInAnyOrder(1.0, 0.0);
        assertThat(events(families.collect(scraper))).containsExactly(1.0, 1.0);
    }

    private void count(String tags, long at) {
        String event = "{\"rule\":\"r\",\"priority\":\"Error\",\"tags\":" + tags + "}";
        table.count(TestEvents.draft(event).keep(1), at);
    }

    private static List<Double> events(MetricSnapshots shown) {
        return shown.stream()
                .filter(UnknownSnapshot.class::isInstance)
                .flatMap(family -> ((UnknownSnapshot) family).getDataPoints().stream())
                .map(UnknownSnapshot.UnknownDataPointSnapshot::getValue)
                .toList();
    }
}
