package io.github.falcogateway.journal;

import io.github.falcogateway.event.Draft;
import io.github.falcogateway.event.JournaledEvent;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The durable log of events. Thread-safe: every method may be called from any thread; a future completes on the
 * caller's context where it has one.
 *
 * <p>Ids are 1, 2, 3, … in the order of the log and never used twice, also not after a crash.
 */
public interface Journal {

    /**
     * Appends events in their order, one after the other.
     *
     * @param drafts at least one
     * @param durability what the caller insists on
     * @return done once the events are durable as configured, or held in memory while the disk refuses; fails with
     *     {@link NoRoomException} where neither can take them
     */
    Future<Receipt> append(List<Draft> drafts, Durability durability);

    /** Calls back with each commit's events, in order and without a gap, right after they were taken. */
    void onAppended(Consumer<List<JournaledEvent>> listener);

    /**
     * Reads forward, held events included.
     *
     * @param afterId the place before the first event wanted; 0 for the oldest
     * @return the next events in order, without a gap, as many as the limit allows; empty at the end
     */
    Future<List<JournaledEvent>> readAfter(long afterId, Limit limit);

    /**
     * Reads backward.
     *
     * @param beforeId the place after the first event wanted; {@link Long#MAX_VALUE} for the newest
     * @return the events before it, newest first, without a gap, as many as the limit allows; empty at the end
     */
    Future<List<JournaledEvent>> readBefore(long beforeId, Limit limit);

    /** The event at a place; null where it is gone or was never there. */
    Future<@Nullable JournaledEvent> find(long id);

    /** What people ask about past events. */
    History history();

    /** The newest event that can be read, 0 when there never was one; costs nothing, unlike {@link #state}. */
    long lastId();

    /** Where it stands now; looks at the sizes of its files. */
    JournalState state();

    /** Whether its writer has come round within this time; false where it hangs. */
    boolean isTurning(Duration within);

    /** Syncs and ends; what comes later fails. */
    Future<Void> close();
}
