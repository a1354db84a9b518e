package io.github.falcogateway.sink.prometheus;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.Outcome;
import io.github.falcogateway.sink.Sink;
import io.github.falcogateway.telemetry.Telemetry;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.GaugeDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts events under the names that dashboards know: falco-exporter's {@code falco_events} and Falcosidekick's. Counts
 * begin at 0 with the process, as Prometheus expects. Confined to one event loop.
 */
public final class PrometheusSink implements Sink {

    private record Series(GaugeDataPoint exporter, @Nullable CounterDataPoint sidekick) {}

    private final PrometheusOptions options;
    private final PrometheusRegistry registry;
    private final Gauge events;
    private final @Nullable Counter sidekickEvents;
    private final Counter overflow;
    private final Map<SeriesLabels, Series> series = new HashMap<>();

    public PrometheusSink(PrometheusOptions options, Telemetry telemetry) {
        this.options = options;
        this.registry = telemetry.registry().getPrometheusRegistry();
        // A counter by nature, but falco-exporter's name has no _total and the format gives every counter one.
        events = Gauge.builder()
                .name("falco_events")
                .help("Falco events by rule, priority (0 Emergency to 7 Debug), host, source and tags.")
                .labelNames(SeriesLabels.EXPORTER)
                .withoutExemplars()
                .register(registry);
        sidekickEvents = options.falcosidekick() ? sidekick() : null;
        overflow = Counter.builder()
                .name("falco_gateway_series_overflow")
                .help("Events counted under rule=\"_other\" because max_series was reached.")
                .withoutExemplars()
                .register(registry);
    }

    private Counter sidekick() {
        return Counter.builder()
                .name("falcosecurity_falcosidekick_falco_events")
                .help("Falco events as Falcosidekick counts them.")
                .labelNames(SeriesLabels.SIDEKICK)
                .withoutExemplars()
                .register(registry);
    }

    @Override
    public Future<Void> open() {
        return Future.succeededFuture();
    }

    @Override
    public Future<Outcome> deliver(List<Delivery> batch) {
        for (Delivery delivery : batch) {
            Series counted = series(delivery.event().event());
            counted.exporter().inc();
            if (counted.sidekick() != null) {
                counted.sidekick().inc();
            }
        }
        return Future.succeededFuture(Outcome.delivered(batch));
    }

    @Override
    public Future<Void> close() {
        registry.unregister(events);
        registry.unregister(overflow);
        if (sidekickEvents != null) {
            registry.unregister(sidekickEvents);
        }
        return Future.succeededFuture();
    }

    private Series series(FalcoEvent event) {
        SeriesLabels labels = SeriesLabels.of(event, options.tags());
        Series known = series.get(labels);
        if (known != null) {
            return known;
        }
        if (series.size() >= options.maxSeries()) {
            overflow.inc();
            return series.computeIfAbsent(SeriesLabels.OTHER, other -> make(other, ""));
        }
        Series made = make(labels, event.priority().label());
        series.put(labels, made);
        return made;
    }

    private Series make(SeriesLabels labels, String priority) {
        return new Series(
                events.labelValues(labels.exporter()),
                sidekickEvents == null ? null : sidekickEvents.labelValues(labels.sidekick(priority)));
    }
}
