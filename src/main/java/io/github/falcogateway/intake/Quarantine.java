package io.github.falcogateway.intake;

import io.github.falcogateway.event.RejectReason;
import io.github.falcogateway.event.Rejection;
import io.github.falcogateway.event.Sender;
import io.github.falcogateway.journal.Rejected;
import io.github.falcogateway.journal.Store;
import io.github.falcogateway.telemetry.IngestMeters;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what is no event, counts it, and says so in the log at most once a second for each reason. Thread-safe. */
final class Quarantine {

    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);
    private static final int KEPT_BYTES = 64 * 1024;
    private static final long LOG_NANOS = 1_000_000_000;

    private final Store store;
    private final IngestMeters meters;
    private final Map<RejectReason, Long> logged = new ConcurrentHashMap<>();

    Quarantine(Store store, IngestMeters meters) {
        this.store = store;
        this.meters = meters;
    }

    void put(Rejection rejection, Sender sender) {
        meters.rejected(rejection.reason());
        byte[] raw = rejection.raw();
        byte[] kept = raw.length > KEPT_BYTES ? Arrays.copyOf(raw, KEPT_BYTES) : raw;
        store.quarantine(new Rejected(
                sender.receivedAt(), sender.remote(), rejection.reason(), rejection.detail(), kept, raw.length));
        long now = System.nanoTime();
        Long last = logged.get(rejection.reason());
        if (last == null || now - last >= LOG_NANOS) {
            logged.put(rejection.reason(), now);
            LOG.warn(
                    "rejected from {}: {} ({})",
                    sender.remote(),
                    rejection.detail(),
                    rejection.reason().label());
        }
    }
}
