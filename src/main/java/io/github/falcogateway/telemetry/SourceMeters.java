package io.github.falcogateway.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One gRPC source. Its series end with it. Thread-safe. */
public final class SourceMeters {

    private final MeterRegistry registry;
    private final String source;
    private final List<Meter> all = new ArrayList<>();
    private final Counter events;
    private final Counter rejected;
    private final Counter reconnects;
    private @Nullable Gauge info;

    SourceMeters(MeterRegistry registry, String source) {
        this.registry = registry;
        this.source = source;
        events = counter("falco_gateway_source_events", "Events of a gRPC source that are journaled.");
        rejected = counter("falco_gateway_source_rejected", "Messages of a gRPC source that are no event.");
        reconnects = counter("falco_gateway_source_reconnects", "Connections to a gRPC source after its first.");
    }

    /** Events are journaled, and this many things beside them were none. */
    public void took(int journaled, int bad) {
        events.increment(journaled);
        rejected.increment(bad);
    }

    /** It is connected again. */
    public void reconnected() {
        reconnects.increment();
    }

    public long events() {
        return (long) events.count();
    }

    public long rejected() {
        return (long) rejected.count();
    }

    public long reconnects() {
        return (long) reconnects.count();
    }

    /**
     * Shows how it is; once per source.
     *
     * @param states each state's name, and whether it is in it
     * @param lastEvent seconds since 1970, 0 for never
     */
    public synchronized void watch(Map<String, Supplier<Number>> states, Supplier<Number> lastEvent) {
        states.forEach((state, in) -> all.add(Gauge.builder("falco_gateway_source_state", in)
                .description("1 for the state a gRPC source is in.")
                .tag("source", source)
                .tag("state", state)
                .register(registry)));
        all.add(Gauge.builder("falco_gateway_source_last_event_timestamp_seconds", lastEvent)
                .description("When the last event of a gRPC source was journaled; 0 for never.")
                .tag("source", source)
                .register(registry));
    }

    /** The version its Falco tells. */
    public synchronized void version(String version) {
        if (info != null) {
            registry.remove(info);
        }
        info = Gauge.builder("falco_gateway_source_version", () -> 1)
                .description("Always 1; the label says which version the Falco of a gRPC source is.")
                .tag("source", source)
                .tag("version", version)
                .register(registry);
    }

    /** The source is no more. */
    public synchronized void close() {
        all.forEach(registry::remove);
        if (info != null) {
            registry.remove(info);
        }
    }

    private Counter counter(String name, String description) {
        Counter counter = Counter.builder(name)
                .description(description)
                .tag("source", source)
                .register(registry);
        all.add(counter);
        return counter;
    }
}
