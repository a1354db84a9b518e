package io.github.falcogateway.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** The live streams. Thread-safe. */
public final class FeedMeters {

    private final AtomicInteger clients = new AtomicInteger();
    private final Counter drops;

    FeedMeters(MeterRegistry registry) {
        Gauge.builder("falco_gateway_sse_clients", clients, AtomicInteger::get)
                .description("Live streams that are open.")
                .register(registry);
        drops = Counter.builder("falco_gateway_sse_drops")
                .description("Live streams cut off because the client read too slowly.")
                .register(registry);
    }

    public void opened() {
        clients.incrementAndGet();
    }

    public void closed() {
        clients.decrementAndGet();
    }

    /** A client read too slowly and was cut off. */
    public void dropped() {
        drops.increment();
    }
}
