package io.github.falcogateway.journal;

import io.vertx.core.Future;
import java.time.Instant;

/** Finds a place in the journal by the time at which events came in. Immutable. */
public record ArrivalSearch(Journal journal) {

    /** The place of the last event that came in before the time; the journal's end where all did. */
    public Future<Long> lastBefore(Instant time) {
        return between(0, journal.state().lastId(), time);
    }

    /** The events up to {@code low} came in before the time, those after {@code high} did not. */
    private Future<Long> between(long low, long high, Instant time) {
        if (low >= high) {
            return Future.succeededFuture(low);
        }
        long middle = low + (high - low) / 2;
        return journal.readAfter(middle, Limit.of(1)).compose(page -> {
            // Ids at the old end may be gone: the next one there is answers for them.
            if (page.isEmpty() || page.get(0).id() > high) {
                return between(low, middle, time);
            }
            boolean before = page.get(0).event().arrival().isBefore(time);
            return before ? between(page.get(0).id(), high, time) : between(low, middle, time);
        });
    }
}
