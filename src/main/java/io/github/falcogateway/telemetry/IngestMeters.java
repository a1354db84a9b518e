package io.github.falcogateway.telemetry;

import io.github.falcogateway.event.RejectReason;
import io.github.falcogateway.event.Via;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/** What came in. Identity: received = journaled + rejected + duplicate. Thread-safe. */
public final class IngestMeters {

    private final Map<Via, Counter> received = new EnumMap<>(Via.class);
    private final Map<RejectReason, Counter> rejected = new EnumMap<>(RejectReason.class);
    private final Counter accepted;
    private final Counter duplicates;
    private final Counter mismatchRelabelled;
    private final Counter mismatchRejected;
    private final Counter sidekickAccepted;
    private final Counter sidekickRejected;

    IngestMeters(MeterRegistry registry) {
        for (Via via : Via.values()) {
            received.put(
                    via,
                    Counter.builder("falco_gateway_events_received")
                            .description("Events that came in, rejected ones included.")
                            .tag("via", via.label())
                            .register(registry));
        }
        for (RejectReason reason : RejectReason.values()) {
            rejected.put(
                    reason,
                    Counter.builder("falco_gateway_events_rejected")
                            .description("Things sent that are no event, by reason.")
                            .tag("reason", reason.label())
                            .register(registry));
        }
        accepted = Counter.builder("falco_gateway_events_journaled")
                .description("Events taken into the journal or, while the disk refuses, into its memory.")
                .register(registry);
        duplicates = Counter.builder("falco_gateway_events_duplicate")
                .description("Events that came again within dedup.window and are not routed twice.")
                .register(registry);
        mismatchRelabelled = mismatches(registry, "relabelled");
        mismatchRejected = mismatches(registry, "rejected");
        sidekickAccepted = sidekick(registry, "accepted");
        sidekickRejected = sidekick(registry, "rejected");
    }

    /** Events came in. */
    public void received(Via via, int events) {
        counter(received, via).increment(events);
    }

    /** Events were taken. */
    public void journaled(int events) {
        accepted.increment(events);
        sidekickAccepted.increment(events);
    }

    /** An event claimed a host that its sender may not claim. */
    public void mismatch(boolean rejected) {
        (rejected ? mismatchRejected : mismatchRelabelled).increment();
    }

    /** An event came again. */
    public void duplicate() {
        duplicates.increment();
        sidekickAccepted.increment();
    }

    /** So many things were no events, or could not be kept. */
    public void rejected(RejectReason reason, int things) {
        counter(rejected, reason).increment(things);
        sidekickRejected.increment(things);
    }

    private static Counter mismatches(MeterRegistry registry, String action) {
        return Counter.builder("falco_gateway_host_mismatches")
                .description("Events that claimed a host which their sender may not claim.")
                .tag("action", action)
                .register(registry);
    }

    private static Counter sidekick(MeterRegistry registry, String status) {
        return Counter.builder("falcosecurity_falcosidekick_inputs")
                .description("Inputs as Falcosidekick counts them.")
                .tag("source", "requests")
                .tag("status", status)
                .register(registry);
    }

    private static <K extends Enum<K>> Counter counter(Map<K, Counter> counters, K key) {
        Counter counter = counters.get(key);
        if (counter == null) {
            throw new IllegalStateException("no meter for " + key);
        }
        return counter;
    }
}
