package io.github.falcogateway.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.ExpositionFormats;

/** The gateway's meters, by area, on one registry. Thread-safe. */
public final class Telemetry {

    private static final ExpositionFormats FORMATS = ExpositionFormats.init();

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final IngestMeters ingest = new IngestMeters(registry);
    private final JournalMeters journal = new JournalMeters(registry);
    private final RouteMeters routes = new RouteMeters(registry);
    private final ReloadMeters reloads = new ReloadMeters(registry);
    private final FeedMeters feeds = new FeedMeters(registry);

    public Telemetry(String version) {
        Gauge.builder("falco_gateway_build_info", () -> 1)
                .description("Always 1; the labels say which build runs on which Java.")
                .tag("version", version)
                .tag("java", Runtime.version().toString())
                .register(registry);
    }

    /** The meters of the JVM and the process; once. */
    public void bindJvm() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
    }

    /**
     * All meters now, in the format the scraper asks for.
     *
     * @param accept its {@code Accept} header; empty where it sent none
     */
    public Scrape scrape(String accept) {
        String type = FORMATS.findWriter(accept).getContentType();
        return new Scrape(type, registry.scrape(type));
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

    public ReloadMeters reloads() {
        return reloads;
    }

    public FeedMeters feeds() {
        return feeds;
    }

    /** The meters of one sink; once per sink and name. */
    public SinkMeters sink(String name) {
        return new SinkMeters(registry, name);
    }
}
