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
        int together = 0;
        Delivery taken = null;
        for (int i = 0; i < outcome.done(); i++) {
            Delivery delivery = batch.get(i);
            String refusal = outcome.refused().get(i);
            if (refusal == null) {
                events += delivery.weight();
                deliveries++;
                together++;
                taken = delivery;
            } else {
                failed(Fault.passing(FaultReason.REFUSED, refusal));
                dead.add(dead(delivery, FaultReason.REFUSED, refusal));
            }
            // The events of one body have one arrival, and are counted at once.
            boolean last = i + 1 == outcome.done() || !arrival(delivery).equals(arrival(batch.get(i + 1)));
            if (last && taken != null) {
                took(taken.event(), now, together);
                together = 0;
                taken = null;
            }
        }
        if (deliveries > 0) {
            lastSuccess = now;
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
                took(batch.get(i).event(), lastSuccess, 1);
                delivered.add(batch.get(i).event().id());
            } else {
                failed(Fault.passing(FaultReason.REFUSED, refusal));
            }
        }
        audience.revived(delivered.size());
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

    private static Instant arrival(Delivery delivery) {
        return delivery.event().event().arrival();
    }

    private void took(JournaledEvent event, Instant now, int events) {
        on.meters().took(event.event().arrival(), now, events, event.id());
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
