package io.github.falcogateway.intake;

import io.github.falcogateway.codec.DecodedEvent;
import io.github.falcogateway.codec.Origin;
import io.github.falcogateway.journal.Journal;
import io.github.falcogateway.journal.Receipt;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Knows the events that come again: one that another gateway hands on by the name which that gave it, any other within
 * {@code dedup.window}. Thread-safe.
 */
final class Once {

    private final Duplicates duplicates;
    private final HandedOn handedOn;

    Once(Vertx vertx, Journal journal, Duration window) {
        duplicates = new Duplicates(window);
        handedOn = new HandedOn(vertx, journal);
        handedOn.remember();
    }

    /** Whether any of the events may have come before. */
    boolean concerns(List<DecodedEvent> events) {
        return duplicates.on() || events.stream().anyMatch(event -> event.gateway() != null);
    }

    /** Done once it is known what came before. */
    Future<Void> known() {
        return handedOn.known();
    }

    /**
     * What became of the event when it came before; null where it is new, which {@code mine} then tells.
     *
     * @param forget gets what to do if a new one cannot be taken
     */
    @Nullable
    Future<Receipt> first(DecodedEvent event, String host, Future<Receipt> mine, List<Runnable> forget) {
        Origin origin = Origin.of(event);
        if (origin == null && !duplicates.on()) {
            return null;
        }
        long key = origin == null ? 0 : HandedOn.key(origin, host);
        String bytes = origin == null ? Duplicates.key(event, host) : "";
        Future<Receipt> first = origin == null ? duplicates.first(bytes, mine) : handedOn.first(key, mine);
        if (first == null) {
            forget.add(origin == null ? () -> duplicates.forget(bytes) : () -> handedOn.forget(key));
        }
        return first;
    }
}
