package io.github.falcogateway.codec;

import io.github.falcogateway.event.Rejection;
import java.util.List;

/**
 * What a body held, in its order. Immutable.
 *
 * @param events the good ones
 * @param rejections the others; their index counts good and bad ones
 */
public record Decoded(List<DecodedEvent> events, List<Rejection> rejections) {

    /** How many things the body held. */
    public int size() {
        return events.size() + rejections.size();
    }
}
