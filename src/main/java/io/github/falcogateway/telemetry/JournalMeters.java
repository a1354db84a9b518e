package io.github.falcogateway.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;

/** The state of the journal. Thread-safe. */
public final class JournalMeters {

    private final MeterRegistry registry;
    private final Timer appends;
    private final Counter failures;
    private final Counter forced;
    private final Counter damaged;

    JournalMeters(MeterRegistry registry) {
        this.registry = registry;
        appends = Timer.builder("falco_gateway_journal_append")
                .description("From handing a commit to the disk until it is synced.")
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(25),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(1))
                .register(registry);
        failures = Counter.builder("falco_gateway_journal_failures")
                .description("Commits that the disk refused.")
                .register(registry);
        forced = Counter.builder("falco_gateway_journal_forced_out")
                .description("Events removed by keep.size before every sink had them.")
                .register(registry);
        damaged = Counter.builder("falco_gateway_journal_damaged_events")
                .description("Events found lost because the disk did not keep them.")
                .register(registry);
    }

    /** So many events were found lost because the disk did not keep them. */
    public void damaged(long events) {
        damaged.increment((double) events);
    }

    /** One commit was synced. */
    public void appended(long nanos) {
        appends.record(Duration.ofNanos(nanos));
    }

    /** The disk refused one commit. */
    public void failed() {
        failures.increment();
    }

    /** Retention by size took events that a sink had not had. */
    public void forcedOut(long events) {
        forced.increment((double) events);
    }

    /** Shows how big the journal may be; once. */
    public void limit(long bytes) {
        Gauge.builder("falco_gateway_journal_limit_bytes", () -> bytes)
                .description("Bytes that the journal may take on disk: keep.size.")
                .register(registry);
    }

    /** Shows the journal's size, its events held in memory only, and whether it is durable; once. */
    public void watch(Supplier<Number> bytes, Supplier<Number> held, Supplier<Number> durable) {
        Gauge.builder("falco_gateway_journal_size_bytes", bytes)
                .description("Bytes of the journal on disk.")
                .register(registry);
        Gauge.builder("falco_gateway_journal_held_events", held)
                .description("Events held in memory because the disk refuses them.")
                .register(registry);
        Gauge.builder("falco_gateway_journal_durable", durable)
                .description("1 while events are durable before they are answered, else 0.")
                .register(registry);
    }
}
