package io.github.falcogateway.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which configuration is in force, named as Prometheus names its own. Thread-safe. */
public final class ReloadMeters {

    /** How a load ended. Immutable. */
    private record Load(
            boolean successful, Instant taken, @Nullable String error) {}

    private volatile Load last = new Load(true, Instant.now(), null);

    ReloadMeters(MeterRegistry registry) {
        Gauge.builder("falco_gateway_config_last_reload_successful", () -> last.successful() ? 1 : 0)
                .description("1 where the last load of the configuration was taken, 0 where the old one is kept.")
                .register(registry);
        Gauge.builder("falco_gateway_config_last_reload_success_timestamp_seconds", () -> taken().getEpochSecond())
                .description("When the configuration in force was taken.")
                .register(registry);
    }

    /** A configuration is in force. */
    public void successful() {
        last = new Load(true, Instant.now(), null);
    }

    /** A configuration was refused; the old one is kept. */
    public void refused(String error) {
        last = new Load(false, last.taken(), error);
    }

    /** When the configuration in force was taken. */
    public Instant taken() {
        return last.taken();
    }

    /** Why the last load was refused; null where it was not. */
    public @Nullable String error() {
        return last.error();
    }
}
