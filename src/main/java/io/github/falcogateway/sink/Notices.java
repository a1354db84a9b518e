package io.github.falcogateway.sink;

import io.github.falcogateway.rule.Silence;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a sink for people adds to one for data: between the backlog and the delivery the flood is made readable.
 * Confined to one event loop.
 */
final class Notices {

    private static final String OUTBOX = "outbox";
    private static final String GROUP = "group ";
    /** So many messages may wait to be told one by one; what comes on top is told together. */
    private static final int READABLE = 600;

    private final SinkContext on;
    private final Flood flood;
    private final Outbox outbox = new Outbox();
    private final Supplier<List<Silence>> silences;

    Notices(FloodOptions options, SinkContext on) {
        this.on = on;
        this.flood = new Flood(options, on.routeMeters());
        this.silences = on.silences();
    }

    Outbox outbox() {
        return outbox;
    }

    /** Decides on everything in the backlog; whether something urgent is new in the outbox. */
    boolean sift(Backlog backlog, Instant now) {
        boolean urgent = false;
        while (!backlog.isEmpty()) {
            Delivery delivery = backlog.first();
            boolean first = flood.urgent(delivery.event().event());
            Delivery told = flood.offer(delivery, on.table().now().route(delivery.route()), silences.get(), now);
            if (told != null && (first || outbox.size() < READABLE)) {
                outbox.add(told, first);
                urgent |= first;
            } else if (told != null) {
                flood.fold(told, now);
            }
            backlog.drop();
        }
        for (Delivery message : flood.due(now)) {
            boolean first =
                    message.summary() != null && flood.urgent(message.event().event());
            outbox.add(message, first);
            urgent |= first;
        }
        return urgent;
    }

    long waiting() {
        return flood.waiting();
    }

    boolean isChanged() {
        return flood.isChanged() || outbox.isChanged();
    }

    /** What is to be kept with the sink's place; an empty one takes a note away. */
    Map<String, Buffer> changes() {
        Map<String, Buffer> notes = new LinkedHashMap<>(flood.changes());
        if (outbox.isChanged()) {
            notes.put(OUTBOX, outbox.save());
        }
        return notes;
    }

    /** Takes up what the store has of this sink. */
    void restore(Map<String, Buffer> notes) {
        notes.forEach(this::restore);
    }

    private void restore(String name, Buffer saved) {
        if (name.equals(OUTBOX)) {
            outbox.restore(saved, on.events());
        } else if (name.startsWith(GROUP)) {
            flood.restore(name.substring(GROUP.length()), saved, on.events());
        }
    }
}
