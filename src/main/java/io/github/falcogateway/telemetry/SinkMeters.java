package io.github.falcogateway.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** One sink's accounting. Identity: routed = delivered + dead + pending. Thread-safe. */
public final class SinkMeters {

    private static final String SIDEKICK = "falcosecurity_falcosidekick_outputs";

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

    /** Whether a meter is one of this sink. */
    static boolean isOf(String sink, Meter.Id meter) {
        return sink.equals(meter.getTag("sink"))
                || meter.getName().equals(SIDEKICK) && sink.equals(meter.getTag("destination"));
    }

    private Counter sidekick(String status) {
        return Counter.builder(SIDEKICK)
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

    /** The sink has so many events now that arrived then together; one of them by its id in the journal. */
    public void took(Instant arrival, Instant now, int events, long event) {
        long nanos = Duration.between(arrival, now).toNanos();
        delivery.record(Math.max(0, nanos), events, event, now.toEpochMilli());
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

    /** Shows how many of the events of a sink that people read became what; a second supplier is not taken. */
    public void notices(String became, Supplier<Number> count) {
        String description = "Events of a sink that people read since its first start, by what became of them.";
        show("falco_gateway_notices", description, count, Tags.of("sink", sink, "became", became));
    }

    /** Shows whether a fault holds the sink; a second supplier is not taken. */
    public void watchStop(Supplier<Number> stopped) {
        String description = "1 while a fault that trying again does not cure holds the sink.";
        show("falco_gateway_sink_stopped", description, stopped, Tags.of("sink", sink));
    }

    /** Shows whether the sink delivers and how far it is behind; a second supplier is not taken. */
    public void watch(Supplier<Number> up, Supplier<Number> lagEvents, Supplier<Number> lagSeconds) {
        Tags tags = Tags.of("sink", sink);
        show(
                "falco_gateway_sink_up",
                "1 while the sink delivers or waits for events, 0 while it retries, is held or paused.",
                up,
                tags);
        show("falco_gateway_sink_lag_events", "Journaled events that the sink has not looked at yet.", lagEvents, tags);
        show(
                "falco_gateway_sink_lag_seconds",
                "Age of the oldest event the sink has not delivered yet.",
                lagSeconds,
                tags);
    }

    /** A sink that a reload changes begins anew, and is the same to whoever looks: the registry warns of a second gauge. */
    private void show(String name, String description, Supplier<Number> value, Tags tags) {
        if (registry.find(name).tags(tags).gauge() == null) {
            Gauge.builder(name, value).description(description).tags(tags).register(registry);
        }
    }
}
