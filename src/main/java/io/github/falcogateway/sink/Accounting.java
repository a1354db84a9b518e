package io.github.falcogateway.sink;

import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.journal.DeadLetter;
import io.github.falcogateway.telemetry.FaultReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of each event of one sink, counted in one place. Confined to one event loop, but for the status. */
final class Accounting {

    private final SinkSpec spec;
    private final SinkContext on;
    private final Audience audience;
    private volatile SinkStatus status;
    private @Nullable Instant lastSuccess;
    private String lastFault = "";
    private @Nullable Instant lastFaultAt;

    Accounting(SinkSpec spec, SinkContext on, Audience audience) {
        this.spec = spec;
        this.on = on;
        this.audience = audience;
        this.status = new SinkStatus(
                spec.name(), spec.type(), SinkState.RUNNING, 0, 0, null, null, "", null, 0, audience.counts());
    }

    /** Counts the part of a batch that is dealt with; the dead letters among it. */
    List<DeadLetter> settle(List<Delivery> batch, Outcome outcome) {
        audience.settled(batch, outcome);
        Instant now = on.clock().instant();
        List<DeadLetter> dead = new ArrayList<>(0);
        long events = 0;
        int deliveries = 0;
        for (int i = 0; i < outcome.done(); i++) {
            String refusal = outcome.refused().get(i);
            if (refusal == null) {
                events += batch.get(i).weight();
                deliveries++;
                took(batch.get(i).event(), now);
                lastSuccess = now;
            } else {
                failed(Fault.passing(FaultReason.REFUSED, refusal));
                dead.add(dead(batch.get(i), FaultReason.REFUSED, refusal));
            }
        }
        if (deliveries > 0) {
            on.meters().delivered(events, deliveries);
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
                on.meters().delivered(1, 1);
                took(batch.get(i).event(), lastSuccess);
                delivered.add(batch.get(i).event().id());
            } else {
                failed(Fault.passing(FaultReason.REFUSED, refusal));
            }
        }
        return delivered;
    }

    /** Counts events that were tried for too long. */
    List<DeadLetter> expired(List<Delivery> deliveries) {
        audience.expired(deliveries);
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

    /** Takes down how the sink stands now. */
    void show(Health health, Backlog backlog) {
        Waiting waiting = audience.waiting(backlog);
        status = new SinkStatus(
                spec.name(),
                spec.type(),
                health.state(),
                backlog.cursor(),
                waiting.size(),
                waiting.isEmpty() ? null : waiting.first().event().event().arrival(),
                lastSuccess,
                lastFault,
                lastFaultAt,
                health.faults(),
                audience.counts());
    }

    /** How the sink stood last; from any thread. */
    SinkStatus status() {
        return status;
    }

    private void took(JournaledEvent event, Instant now) {
        on.meters().took(event.event().arrival(), now, event.id());
    }

    private DeadLetter dead(Delivery delivery, FaultReason reason, String detail) {
        on.meters().dead();
        return new DeadLetter(
                Gist.told(delivery.event()),
                delivery.route(),
                reason.label(),
                detail,
                on.clock().instant());
    }
}
