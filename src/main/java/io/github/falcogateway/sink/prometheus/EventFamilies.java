package io.github.falcogateway.sink.prometheus;

import io.github.falcogateway.telemetry.Scraper;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusScrapeRequest;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot.UnknownDataPointSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The series as families of the scrape, each as its scraper may see it. Thread-safe. */
final class EventFamilies implements MultiCollector {

    private static final MetricMetadata EVENTS = new MetricMetadata(
            "falco_events", "Falco events by rule, priority (0 Emergency to 7 Debug), host, source and tags.");
    private static final MetricMetadata SIDEKICK = new MetricMetadata(
            "falcosecurity_falcosidekick_falco_events", "Falco events as Falcosidekick counts them.");
    private static final MetricMetadata OVERFLOW = new MetricMetadata(
            "falco_gateway_series_overflow", "Events counted under the rule _other because max_series was reached.");
    private static final MetricMetadata DROPPED =
            new MetricMetadata("falco_gateway_series_dropped", "Series dropped because their pod or host was silent.");
    private static final MetricMetadata HELD =
            new MetricMetadata("falco_gateway_series", "Label sets of events that are told apart.");

    /** A Prometheus that nobody knows yet has looked at nothing for so long that matters to an alert. */
    private static final long STRANGER_MS = Duration.ofMinutes(5).toMillis();

    private final SeriesTable table;
    private final Scrapers scrapers;
    private final boolean sidekick;
    private final BooleanSupplier caughtUp;
    private final Clock clock;
    private final long started;
    private volatile boolean shown;

    /** One series as one scraper sees it. Immutable. */
    private record View(Series series, long count, long event, long at) {

        @Nullable
        Exemplar exemplar() {
            return count == 0 ? null : new Exemplar(1, Labels.of("event_id", Long.toString(event)), at);
        }
    }

    /**
     * The families of a table.
     *
     * @param caughtUp whether the counts are up to what was shown before a restart: until then they are not shown, as
     *     a counter that falls back is an increase to {@code rate()}
     */
    EventFamilies(SeriesTable table, Scrapers scrapers, boolean sidekick, BooleanSupplier caughtUp, Clock clock) {
        this.table = table;
        this.scrapers = scrapers;
        this.sidekick = sidekick;
        this.caughtUp = caughtUp;
        this.clock = clock;
        this.started = clock.millis();
    }

    @Override
    public List<String> getPrometheusNames() {
        return List.of(
                EVENTS.getPrometheusName(),
                SIDEKICK.getPrometheusName(),
                OVERFLOW.getPrometheusName(),
                DROPPED.getPrometheusName(),
                HELD.getPrometheusName());
    }

    @Override
    public MetricSnapshots collect() {
        return collect(Scraper.VISITOR);
    }

    @Override
    public MetricSnapshots collect(PrometheusScrapeRequest request) {
        shown = shown || caughtUp.getAsBoolean();
        if (!shown) {
            return new MetricSnapshots();
        }
        long births = table.births();
        Collection<Series> all = table.all();
        Scraper scraper = request instanceof Scraper known ? known : Scraper.VISITOR;
        long seen = scrapers.shown(scraper, births, () -> oldBirths(all));
        boolean zeros = scraper.key() != null;
        List<View> views = new ArrayList<>(all.size());
        for (Series one : all) {
            Series.Reading reading = one.reading();
            long count = zeros && one.birth() > seen ? 0 : reading.count();
            views.add(new View(one, count, reading.event(), reading.last()));
        }
        List<MetricSnapshot> families = new ArrayList<>();
        families.add(events(views));
        if (sidekick) {
            families.add(sidekick(views));
        }
        families.add(counter(OVERFLOW, table.overflowed()));
        families.add(counter(DROPPED, table.dropped()));
        families.add(new GaugeSnapshot(HELD, List.of(new GaugeDataPointSnapshot(all.size(), Labels.EMPTY, null))));
        return new MetricSnapshots(families);
    }

    /** The births that are too long ago for a stranger to take for an increase. */
    private long oldBirths(Collection<Series> all) {
        long before = clock.millis() - STRANGER_MS;
        return all.stream()
                .filter(one -> one.created() < before)
                .mapToLong(Series::birth)
                .max()
                .orElse(0);
    }

    /** A counter by nature, but falco-exporter's name has no _total, which both formats demand of a counter. */
    private static MetricSnapshot events(List<View> views) {
        List<UnknownDataPointSnapshot> points = new ArrayList<>(views.size());
        for (View view : views) {
            points.add(new UnknownDataPointSnapshot(view.count(), view.series().exporter(), null));
        }
        return new UnknownSnapshot(EVENTS, points);
    }

    private static MetricSnapshot sidekick(List<View> views) {
        Map<Labels, CounterDataPointSnapshot> points = new HashMap<>();
        for (View view : views) {
            Series series = view.series();
            CounterDataPointSnapshot point =
                    new CounterDataPointSnapshot(view.count(), series.sidekick(), view.exemplar(), series.created());
            points.merge(series.sidekick(), point, EventFamilies::joined);
        }
        return new CounterSnapshot(SIDEKICK, points.values());
    }

    /** Label sets that differ by tags alone are one series to Falcosidekick. */
    private static CounterDataPointSnapshot joined(CounterDataPointSnapshot one, CounterDataPointSnapshot other) {
        return new CounterDataPointSnapshot(
                one.getValue() + other.getValue(),
                one.getLabels(),
                one.getExemplar() == null ? other.getExemplar() : one.getExemplar(),
                Math.min(one.getCreatedTimestampMillis(), other.getCreatedTimestampMillis()));
    }

    private MetricSnapshot counter(MetricMetadata metadata, long value) {
        return new CounterSnapshot(metadata, List.of(new CounterDataPointSnapshot(value, Labels.EMPTY, null, started)));
    }
}
