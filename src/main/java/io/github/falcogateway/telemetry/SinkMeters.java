package io.github.falcogateway.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** One sink's accounting. Identity: routed = delivered + dead + pending. Thread-safe. */
public final class SinkMeters {

    private final MeterRegistry registry;
    private final String sink;
    private final Counter delivered;
    private final Counter dead;
    private final Map<FaultReason, Counter> errors = new EnumMap<>(FaultReason.class);
    private final DeliveryTimes.Times delivery;
    private final Counter sidekickOk;
    private final Counter sidekickError;

    SinkMeters(MeterRegistry registry, DeliveryTimes.Times delivery, String sink) {
        this.registry = registry;
        this.delivery = delivery;
        this.sink = sink;
        delivered = Counter.builder("falco_gateway_sink_delivered")
                .description("Events a sink has delivered.")
                .tag("sink", sink)
                .register(registry);
        dead = Counter.builder("falco_gateway_sink_dead")
                .description("Events that ended in a sink's dead letters.")
                .tag("sink", sink)
                .register(registry);
        for (FaultReason reason : FaultReason.values()) {
            errors.put(
                    reason,
                    Counter.builder("falco_gateway_sink_errors")
                            .description("Deliveries that failed, by reason.")
                            .tag("sink", sink)
                            .tag("reason", reason.label())
                            .register(registry));
        }
        sidekickOk = sidekick("ok");
        sidekickError = sidekick("error");
    }

    private Counter sidekick(String status) {
        return Counter.builder("falcosecurity_falcosidekick_outputs")
                .description("Outputs as Falcosidekick counts them.")
                .tag("destination", sink)
                .tag("status", status)
                .register(registry);
    }

    /** So many events reached their sink, in so many deliveries. */
    public void delivered(long events, int deliveries) {
        delivered.increment(events);
        sidekickOk.increment(deliveries);
    }

    /** The sink has an event now that arrived then, by its id in the journal. */
    public void took(Instant arrival, Instant now, long event) {
        long nanos = Duration.between(arrival, now).toNanos();
        delivery.record(Math.max(0, nanos), event, now.toEpochMilli());
    }

    /** One event ended in the dead letters. */
    public void dead() {
        dead.increment();
    }

    /** One delivery failed. */
    public void failed(FaultReason reason) {
        Counter counter = errors.get(reason);
        if (counter != null) {
            counter.increment();
            sidekickError.increment();
        }
    }

    /** Shows how many of the events of a sink that people read became what; once per sink and word. */
    public void notices(String became, Supplier<Number> count) {
        Gauge.builder("falco_gateway_notices", count)
                .description("Events of a sink that people read since its first start, by what became of them.")
                .tag("sink", sink)
                .tag("became", became)
                .register(registry);
    }

    /** Shows whether a fault holds the sink; once per sink. */
    public void watchStop(Supplier<Number> stopped) {
        Gauge.builder("falco_gateway_sink_stopped", stopped)
                .description("1 while a fault that trying again does not cure holds the sink.")
                .tag("sink", sink)
                .register(registry);
    }

    /** Shows whether the sink delivers and how far it is behind; once per sink. */
    public void watch(Supplier<Number> up, Supplier<Number> lagEvents, Supplier<Number> lagSeconds) {
        Gauge.builder("falco_gateway_sink_up", up)
                .description("1 while the sink delivers or waits for events, 0 while it retries, is held or paused.")
                .tag("sink", sink)
                .register(registry);
        Gauge.builder("falco_gateway_sink_lag_events", lagEvents)
                .description("Journaled events that the sink has not looked at yet.")
                .tag("sink", sink)
                .register(registry);
        Gauge.builder("falco_gateway_sink_lag_seconds", lagSeconds)
                .description("Age of the oldest event the sink has not delivered yet.")
                .tag("sink", sink)
                .register(registry);
    }
}
