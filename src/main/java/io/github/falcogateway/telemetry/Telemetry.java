package io.github.falcogateway.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** The gateway's meters, by area, on one registry. Thread-safe. */
public final class Telemetry {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final IngestMeters ingest = new IngestMeters(registry);
    private final JournalMeters journal = new JournalMeters(registry);
    private final RouteMeters routes = new RouteMeters(registry);
    private final FeedMeters feeds = new FeedMeters(registry);

    public Telemetry(String version) {
        Gauge.builder("falco_gateway_build_info", () -> 1)
                .description("Always 1; the labels say which build runs on which Java.")
                .tag("version", version)
                .tag("java", Runtime.version().toString())
                .register(registry);
    }

    /** The registry behind the meters, for the scrape and for libraries that bring their own. */
    public PrometheusMeterRegistry registry() {
        return registry;
    }

    public IngestMeters ingest() {
        return ingest;
    }

    public JournalMeters journal() {
        return journal;
    }

    public RouteMeters routes() {
        return routes;
    }

    public FeedMeters feeds() {
        return feeds;
    }

    /** The meters of one sink; once per sink and name. */
    public SinkMeters sink(String name) {
        return new SinkMeters(registry, name);
    }
}
