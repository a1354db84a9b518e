package io.github.falcogateway.journal;

import io.github.falcogateway.event.FalcoEvent;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of past events, as far as the index can tell. Immutable.
 *
 * @param outline whether an event of this outline may be one that is asked for; an outline has the rule, priority,
 *     source, host, tags and provenance of an event, and neither texts nor output fields
 * @param timed the same of an outline that has the event's time, where the time counts; null where it does not
 * @param since the earliest time of an event, null for any
 * @param until the first time that is too late, null for none
 */
public record Search(
        Predicate<FalcoEvent> outline,
        @Nullable Predicate<FalcoEvent> timed,
        @Nullable Instant since,
        @Nullable Instant until) {

    long from() {
        return since == null ? Long.MIN_VALUE : Outlines.nanos(since);
    }

    long to() {
        long nanos = until == null ? Outlines.LATEST : Outlines.nanos(until);
        return nanos == Outlines.LATEST ? Long.MAX_VALUE : nanos;
    }
}
