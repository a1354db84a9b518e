package io.github.falcogateway.host;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the host table. Immutable.
 *
 * @param host the name given to senders of the address; null where the line only gives labels
 * @param address an address or a network in CIDR form; null where the line goes by name
 * @param match a pattern of names with {@code *} and {@code ?}; null where the line goes by address
 * @param labels the labels of the hosts it is about
 */
public record HostEntry(
        @Nullable String host,
        @Nullable String address,
        @Nullable String match,
        Map<String, String> labels) {

    public HostEntry {
        labels = Map.copyOf(labels);
    }
}
