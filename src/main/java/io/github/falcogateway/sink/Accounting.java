package io.github.falcogateway.sink;

import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.journal.DeadLetter;
import io.github.falcogateway.telemetry.FaultReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of each event of one sink, counted in one place. Confined to one event loop. */
final class Accounting {

    private final String sink;
    private final SinkContext on;
    private @Nullable Instant lastSuccess;
    private String lastFault = "";
    private @Nullable Instant lastFaultAt;

    Accounting(String sink, SinkContext on) {
        this.sink = sink;
        this.on = on;
    }

    /** Where a sink stands on the journal. */
    record Position(long cursor, int pending, @Nullable Instant oldest, int retries) {}

    /** Counts the part of a batch that is dealt with; the dead letters among it. */
    List<DeadLetter> settle(List<Delivery> batch, Outcome outcome) {
        Instant now = on.clock().instant();
        List<DeadLetter> dead = new ArrayList<>(0);
        for (int i = 0; i < outcome.done(); i++) {
            String refusal = outcome.refused().get(i);
            if (refusal == null) {
                delivered(batch.get(i).event(), now);
                lastSuccess = now;
            } else {
                failed(Fault.passing(FaultReason.REFUSED, refusal));
                dead.add(dead(batch.get(i), FaultReason.REFUSED, refusal));
            }
        }
        return dead;
    }

    /** Counts dead letters that were sent again; those that arrived. */
    List<Long> revived(List<DeadLetter> batch, Outcome outcome) {
        List<Long> delivered = new ArrayList<>();
        for (int i = 0; i < outcome.done(); i++) {
            String refusal = outcome.refused().get(i);
            if (refusal == null) {
                lastSuccess = on.clock().instant();
                delivered(batch.get(i).event(), lastSuccess);
                delivered.add(batch.get(i).event().id());
            } else {
                failed(Fault.passing(FaultReason.REFUSED, refusal));
            }
        }
        return delivered;
    }

    /** Counts events that were tried for too long. */
    List<DeadLetter> expired(List<Delivery> deliveries) {
        return deliveries.stream()
                .map(delivery -> dead(delivery, FaultReason.EXPIRED, "older than retry.max_age"))
                .toList();
    }

    /** Counts a fault. */
    void failed(Fault fault) {
        on.meters().failed(fault.reason());
        lastFault = fault.reason().label() + ": " + fault.detail();
        lastFaultAt = on.clock().instant();
    }

    SinkStatus status(SinkSpec spec, SinkState state, Position at) {
        return new SinkStatus(
                sink,
                spec.type(),
                state,
                at.cursor(),
                at.pending(),
                at.oldest(),
                lastSuccess,
                lastFault,
                lastFaultAt,
                at.retries());
    }

    private void delivered(JournaledEvent event, Instant now) {
        on.meters().delivered(Duration.between(event.event().arrival(), now), event.id());
    }

    private DeadLetter dead(Delivery delivery, FaultReason reason, String detail) {
        on.meters().dead();
        return new DeadLetter(
                delivery.event(),
                delivery.route(),
                reason.label(),
                detail,
                on.clock().instant());
    }
}
