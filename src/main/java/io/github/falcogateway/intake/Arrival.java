package io.github.falcogateway.intake;

import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * Events that came from a sender that does not have them any more: they are counted, and wait to be kept. Immutable.
 *
 * @param events how many
 * @param rejected how many things beside them were no event
 * @param attempt tries to keep them
 */
public record Arrival(int events, int rejected, Supplier<Future<Boolean>> attempt) {

    /** Done once they are durable; after a failure it may be called again. */
    public Future<Boolean> keep() {
        return attempt.get();
    }
}
