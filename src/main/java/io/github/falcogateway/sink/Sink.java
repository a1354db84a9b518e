package io.github.falcogateway.sink;

import io.vertx.core.Future;
import java.util.List;

/**
 * One destination of events. Confined to one event loop: every method is called on the context of the verticle around
 * it, and one delivery at a time. It never blocks; file and other slow work goes to a worker.
 *
 * <p>At least once: what a delivery does not report as taken comes again, in the same order.
 */
public interface Sink {

    /** Makes the sink ready to deliver; a failure is retried like a delivery. */
    Future<Void> open();

    /**
     * Delivers events in their order.
     *
     * @param batch at least one event
     * @return how far it came and what stopped it; a failed future counts as {@code internal} and the batch comes again
     */
    Future<Outcome> deliver(List<Delivery> batch);

    /**
     * Makes what was delivered survive a power cut. Called before the sink's place is kept, a few times a second at
     * most: a sync for every small batch would take the disk from the journal.
     */
    default Future<Void> flush() {
        return Future.succeededFuture();
    }

    /** Ends what is open, after the last delivery. */
    Future<Void> close();
}
