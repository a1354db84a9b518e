package io.github.falcogateway.codec;

import io.github.falcogateway.event.FalcoEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event with the places in its JSON that the kept form changes. Immutable.
 *
 * @param event the event as the sender sent it
 * @param json the JSON object as it came, on one line
 * @param hostnames where the values of the top-level host name stand
 * @param gateway where the value of the top-level {@code gateway} member stands; null where there is none
 */
public record DecodedEvent(
        FalcoEvent event,
        byte[] json,
        List<Span> hostnames,
        @Nullable Span gateway) {}
