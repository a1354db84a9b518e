package io.github.falcogateway.sink;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One destination of events. Confined to one event loop: every method is called on the context of the verticle around
 * it, and one delivery at a time. It never blocks; file and other slow work goes to a worker.
 *
 * <p>At least once: what a delivery does not report as taken comes again, in the same order.
 */
public interface Sink {

    /** Takes back what it knew at its place, before it is opened; see {@link #changes}. */
    default void restore(Map<String, Buffer> notes) {}

    /**
     * Goes on after a place, of which it is told where it is known, before it is opened: what it was given up to there is
     * flushed; what a process that died was given after it may not be, and comes again.
     */
    default void goOn(long place) {}

    /** Makes the sink ready to deliver; a failure is retried like a delivery. */
    Future<Void> open();

    /**
     * Delivers events in their order.
     *
     * @param batch at least one event
     * @return how far it came and what stopped it; a failed future counts as {@code internal} and the batch comes again,
     *     one with an {@link UnsyncedException} as {@code disk}, and what was delivered since the last flush comes too
     */
    Future<Outcome> deliver(List<Delivery> batch);

    /**
     * How long to wait before the next delivery, so that the receiver's limits are kept before they are met.
     *
     * @param urgent whether something urgent is in it
     */
    default Duration pause(boolean urgent) {
        return Duration.ZERO;
    }

    /**
     * Makes what was delivered survive a power cut. Called before the sink's place is kept, a few times a second at
     * most: a sync for every small batch would take the disk from the journal. Where it fails with an {@link
     * UnsyncedException}, what was delivered since the last one that succeeded comes again.
     */
    default Future<Void> flush() {
        return Future.succeededFuture();
    }

    /** Whether there is something to keep that {@link #changes} would give. */
    default boolean isChanged() {
        return false;
    }

    /**
     * What the sink knows by what it was delivered, to be kept in one transaction with its place: what changed since
     * this was last asked, by name, an empty note to take one away. A sink that keeps something takes a delivery
     * before {@link #deliver} returns, so that its place and its knowledge are never apart.
     */
    default Map<String, Buffer> changes() {
        return Map.of();
    }

    /** Ends what is open, after the last delivery. */
    Future<Void> close();
}
