package io.github.falcogateway.event;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an event came here and who sent it. Immutable.
 *
 * @param via the transport
 * @param host the name the event leaves with
 * @param hostFrom which source of names won, such as {@code claimed} or {@code address}
 * @param claimed the name the sender claimed, where it did not win
 * @param remote the sender's address without port; empty where there is none
 * @param labels the host's labels out of the host table
 * @param node the name of the gateway that journaled the event
 * @param receivedAt when it arrived
 */
public record Provenance(
        Via via,
        String host,
        String hostFrom,
        @Nullable String claimed,
        String remote,
        Map<String, String> labels,
        String node,
        Instant receivedAt) {

    public Provenance {
        labels = Map.copyOf(labels);
    }
}
