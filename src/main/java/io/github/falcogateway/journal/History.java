package io.github.falcogateway.journal;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.JournaledEvent;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What people ask about past events, apart from what the sinks read. Thread-safe; a future completes on the caller's
 * context where it has one.
 */
public interface History {

    /**
     * The places of events that may be asked for, newest first.
     *
     * @param beforeId the place after the first event wanted; {@link Long#MAX_VALUE} for the newest
     * @param max the most places; fewer are the last ones
     */
    Future<List<Long>> find(Search search, long beforeId, int max);

    /**
     * Reads forward without keeping the sinks waiting.
     *
     * @param afterId the place before the first event wanted
     * @return the next events in order, without a gap, as many as the limit allows; empty at the end
     */
    Future<List<JournaledEvent>> readAfter(long afterId, Limit limit);

    /**
     * The events at places given newest first. One that is gone is left out: whoever gets fewer than he asked for goes on
     * after the last one that he got.
     *
     * @return the first of them, as many as fit into the bytes of {@link Limit#of}; empty where all are gone
     */
    Future<List<JournaledEvent>> read(List<Long> ids);

    /**
     * The place before the first event that came in at a time or later by the gateway's clock; the journal's end where none
     * did. What came in after the clock was set back lies behind it.
     */
    Future<Long> arrivedBefore(Instant time);

    /** From when to when events are, in nanoseconds since 1970 as {@link Tally} has them. Immutable. */
    record Span(long earliest, long latest) {

        /** No events. */
        static final Span NONE = new Span(Long.MAX_VALUE, Long.MIN_VALUE);

        boolean holds(Span other) {
            return earliest <= other.earliest && latest >= other.latest;
        }
    }

    /**
     * From when to when the events are that may be asked for; null where there is none. What is known of whole blocks is
     * used: as a rule a few are looked through, however many there are.
     */
    Future<@Nullable Span> span(Search search);

    /**
     * Counts events without reading them, on a thread of the history.
     *
     * @param tallies what counts the events of an outline, asked for a few times per outline; null for nothing
     */
    Future<Void> tally(Search search, Function<FalcoEvent, @Nullable Tally> tallies);
}
