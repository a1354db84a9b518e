package io.github.falcogateway.codec;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.Part;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event with the places in its JSON that the kept form changes. Immutable.
 *
 * @param event the event as the sender sent it
 * @param json the JSON object as it came, on one line; of many in a body a part of the body
 * @param hostnames where the values of the top-level host name stand
 * @param gateway where the value of the top-level {@code gateway} member stands; null where there is none
 */
public record DecodedEvent(
        FalcoEvent event,
        Part json,
        List<Span> hostnames,
        @Nullable Span gateway) {

    /** The JSON object in an array of its own. */
    public byte[] bytes() {
        return Arrays.copyOfRange(json.bytes(), json.from(), json.to());
    }
}
