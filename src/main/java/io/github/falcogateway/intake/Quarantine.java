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
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what is no event, counts it, and says so in the log at most once a second for each reason. Thread-safe. */
final class Quarantine {

    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);
    private static final int KEPT_BYTES = 64 * 1024;
    /** A flood comes faster than it is written: less is kept of each, and at last they are only counted. */
    private static final int FEW = 64;

    private static final int MANY = 4096;
    private static final int KEPT_OF_MANY = 1024;
    private static final long LOG_NANOS = 1_000_000_000;

    private final Store store;
    private final IngestMeters meters;
    private final AtomicInteger writing = new AtomicInteger();
    private final Map<RejectReason, Long> logged = new ConcurrentHashMap<>();

    Quarantine(Store store, IngestMeters meters) {
        this.store = store;
        this.meters = meters;
    }

    void put(Rejection rejection, Sender sender) {
        meters.rejected(rejection.reason(), 1);
        byte[] raw = rejection.raw();
        int most = writing.get() < FEW ? KEPT_BYTES : KEPT_OF_MANY;
        byte[] kept = raw.length > most ? Arrays.copyOf(raw, most) : raw;
        if (writing.get() < MANY) {
            writing.incrementAndGet();
            store.quarantine(new Rejected(
                            sender.receivedAt(),
                            sender.remote(),
                            rejection.reason(),
                            rejection.detail(),
                            kept,
                            raw.length))
                    .onComplete(written -> writing.decrementAndGet());
        }
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
