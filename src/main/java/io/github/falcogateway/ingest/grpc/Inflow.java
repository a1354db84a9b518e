package io.github.falcogateway.ingest.grpc;

import io.github.falcogateway.codec.Decoded;
import io.github.falcogateway.codec.DecodedEvent;
import io.github.falcogateway.event.Rejection;
import io.github.falcogateway.event.Sender;
import io.github.falcogateway.event.Via;
import io.github.falcogateway.intake.Arrival;
import io.github.falcogateway.intake.Intake;
import io.github.falcogateway.telemetry.SourceMeters;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a source has handed over and the journal has not yet: bounded, in order, kept until it is journaled. Falco has
 * forgotten it. Confined to one event loop.
 */
final class Inflow {

    /** So much may wait while the journal syncs; more stays in Falco, which is asked to wait. */
    private static final int MAX_EVENTS = 1000;

    private static final int MAX_BYTES = 1 << 20;
    private static final long RETRY_MS = 500;

    private final Vertx vertx;
    private final Intake intake;
    private final SourceMeters meters;
    private final @Nullable String host;
    private final ResponseReader reader = new ResponseReader();
    private List<DecodedEvent> events = new ArrayList<>();
    private List<Rejection> rejections = new ArrayList<>();
    private String remote = "";
    private int waiting;
    private long bytes;
    private boolean keeping;
    private boolean scheduled;
    private boolean closed;
    private Runnable room = () -> {};
    private volatile String fault = "";
    private volatile @Nullable Instant last;

    Inflow(Vertx vertx, Intake intake, SourceMeters meters, @Nullable String host) {
        this.vertx = vertx;
        this.intake = intake;
        this.meters = meters;
        this.host = host;
    }

    /** From where the next ones come. */
    void from(String address) {
        remote = address;
    }

    /** Takes one message; it is journaled with those that come in the same moment. */
    void take(byte[] message) {
        Decoded decoded = reader.read(message, Instant.now());
        events.addAll(decoded.events());
        rejections.addAll(decoded.rejections());
        bytes += message.length;
        taken();
    }

    /** Tells of something that could not even be read. */
    void reject(Rejection rejection) {
        rejections.add(rejection);
        taken();
    }

    private void taken() {
        waiting++;
        if (!scheduled && !keeping) {
            scheduled = true;
            vertx.getOrCreateContext().runOnContext(now -> flush());
        }
    }

    /** Whether everything that came is journaled. */
    boolean isEmpty() {
        return waiting == 0;
    }

    boolean isFull() {
        return waiting >= MAX_EVENTS || bytes >= MAX_BYTES || !fault.isEmpty();
    }

    /** Calls back each time when something was journaled, and so there is room. */
    void onRoom(Runnable callback) {
        room = callback;
    }

    /** Why the journal does not take it; empty where it does. From any thread. */
    String fault() {
        return fault;
    }

    /** When the last event was journaled. From any thread. */
    @Nullable
    Instant last() {
        return last;
    }

    /** Tries no more. */
    void close() {
        closed = true;
    }

    private void flush() {
        scheduled = false;
        if (keeping || events.isEmpty() && rejections.isEmpty()) {
            return;
        }
        Sender sender = new Sender(Via.GRPC, remote, null, null, host, null, null, Instant.now());
        Arrival arrival = intake.arrive(new Decoded(events, rejections), sender);
        int count = events.size() + rejections.size();
        long size = bytes;
        events = new ArrayList<>();
        rejections = new ArrayList<>();
        keeping = true;
        keep(arrival, count, size);
    }

    private void keep(Arrival arrival, int count, long size) {
        arrival.keep()
                .onSuccess(durable -> {
                    fault = "";
                    keeping = false;
                    waiting -= count;
                    bytes -= size;
                    if (arrival.events() > 0) {
                        last = Instant.now();
                    }
                    meters.took(arrival.events(), arrival.rejected());
                    flush();
                    room.run();
                })
                .onFailure(refused -> {
                    fault = "journal: " + refused.getMessage();
                    if (!closed) {
                        vertx.setTimer(RETRY_MS, now -> keep(arrival, count, size));
                    }
                });
    }
}
