package io.github.falcogateway.sink;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who a sink is for: machines take every event as it is, people are told what they can read. Confined to one event loop.
 */
sealed interface Audience permits Machines, Notices {

    /** Whether what it is told is for people. */
    boolean isPeople();

    /** Decides on everything in the backlog; whether something urgent is new. */
    boolean sift(Backlog backlog, Instant now);

    /** What is to be delivered next. */
    Waiting waiting(Backlog backlog);

    /** Whether what it knows is to be kept before it takes more. */
    boolean isFull();

    /** The same messages with all that is told of them. */
    Future<List<Delivery>> whole(List<Delivery> batch);

    /** Whether something urgent waits. */
    boolean isUrgent();

    /** Says something of the gateway's own, before all that waits; machines hear nothing. */
    void say(Delivery word);

    /** Counts what became of the first messages of a batch. */
    void settled(List<Delivery> batch, Outcome outcome);

    /** Counts what was tried for too long. */
    void expired(List<Delivery> batch);

    /** Counts dead letters that arrived when they were sent again. */
    void revived(int letters);

    /** What became of every event so far; null where nothing is held back. */
    @Nullable
    NoticeCounts counts();
}
