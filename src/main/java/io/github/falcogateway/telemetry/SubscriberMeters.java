package io.github.falcogateway.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** Those who take events from the gateway over gRPC. Thread-safe. */
public final class SubscriberMeters {

    private final AtomicInteger subscribers = new AtomicInteger();
    private final Counter sent;
    private final Counter missed;

    SubscriberMeters(MeterRegistry registry) {
        Gauge.builder("falco_gateway_grpc_subscribers", subscribers, AtomicInteger::get)
                .description("gRPC calls that are being answered.")
                .register(registry);
        sent = Counter.builder("falco_gateway_grpc_sent")
                .description("Events sent to gRPC subscribers, each of them counted.")
                .register(registry);
        missed = Counter.builder("falco_gateway_grpc_missed")
                .description("Events that retention took before a gRPC subscriber had read so far.")
                .register(registry);
    }

    public void opened() {
        subscribers.incrementAndGet();
    }

    public void closed() {
        subscribers.decrementAndGet();
    }

    public void sent(int events) {
        sent.increment(events);
    }

    /** So many were gone before they were read; none where it is not above zero. */
    public void missed(long events) {
        if (events > 0) {
            missed.increment(events);
        }
    }
}
