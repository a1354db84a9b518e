package io.github.falcogateway.telemetry;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;

/** The gateway's meters, by area, on one registry. Thread-safe. */
public final class Telemetry {

    private static final ExpositionFormatWriter TEXT = ExpositionFormats.init().getPrometheusTextFormatWriter();
    private static final ExpositionFormatWriter OPEN_METRICS = OpenMetricsTextFormatWriter.builder()
            .setCreatedTimestampsEnabled(true)
            .build();

    private final PrometheusMeterRegistry registry = made();
    private final String version;
    private final IngestMeters ingest = new IngestMeters(registry);
    private final JournalMeters journal = new JournalMeters(registry);
    private final RouteMeters routes = new RouteMeters(registry);
    private final ReloadMeters reloads = new ReloadMeters(registry);
    private final FeedMeters feeds = new FeedMeters(registry);
    private final SubscriberMeters subscribers = new SubscriberMeters(registry);
    private final DeliveryTimes delivery = new DeliveryTimes();
    private volatile boolean falcosidekick = true;

    public Telemetry(String version) {
        this.version = version;
        // Micrometer would take the _info from the name.
        Info.builder()
                .name("falco_gateway_build_info")
                .help("Always 1; the labels say which build runs on which Java.")
                .labelNames("version", "java")
                .register(registry.getPrometheusRegistry())
                .setLabelValues(version, Runtime.version().toString());
        registry.getPrometheusRegistry().register(delivery);
    }

    /** Without the names of Micrometer's that Prometheus's own check finds fault with. */
    private static PrometheusMeterRegistry made() {
        PrometheusMeterRegistry made = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        made.config()
                .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"))
                .meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
        return made;
    }

    /** The meters of the JVM and the process; once. */
    public void bindJvm() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            FunctionCounter.builder("process_cpu_seconds", system, os -> os.getProcessCpuTime() / 1e9)
                    .description("Processor time of the process.")
                    .register(registry);
        }
        new JvmMemoryMetrics().bindTo(registry);
        new JvmGcMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
    }

    /**
     * All meters now.
     *
     * @param openMetrics whether as OpenMetrics; else as Prometheus text
     * @param scraper who asks
     */
    public Scrape scrape(boolean openMetrics, Scraper scraper) {
        ExpositionFormatWriter writer = openMetrics ? OPEN_METRICS : TEXT;
        ByteArrayOutputStream body = new ByteArrayOutputStream(1 << 16);
        try {
            PrometheusRegistry meters = registry.getPrometheusRegistry();
            writer.write(body, falcosidekick ? meters.scrape(scraper) : meters.scrape(Telemetry::isOurs, scraper));
        } catch (IOException neverInMemory) {
            throw new UncheckedIOException(neverInMemory);
        }
        return new Scrape(writer.getContentType(), body.toByteArray());
    }

    /** Whether the meters under Falcosidekick's names are in the scrape. */
    public void falcosidekick(boolean shown) {
        falcosidekick = shown;
    }

    private static boolean isOurs(String name) {
        return !name.startsWith("falcosecurity_falcosidekick_");
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

    /** The meters of one sink; those of one of the same name go on. */
    public SinkMeters sink(String name) {
        return new SinkMeters(registry, delivery.of(name), name);
    }

    /** A sink is no more, and nothing is told of it. */
    public void forget(String sink) {
        registry.getMeters().stream()
                .filter(meter -> SinkMeters.isOf(sink, meter.getId()))
                .forEach(registry::remove);
        delivery.forget(sink);
    }

    public SubscriberMeters subscribers() {
        return subscribers;
    }

    /** The meters of one gRPC source; close them when it ends. */
    public SourceMeters source(String name) {
        return new SourceMeters(registry, name);
    }

    /** The gateway's own version. */
    public String version() {
        return version;
    }
}
