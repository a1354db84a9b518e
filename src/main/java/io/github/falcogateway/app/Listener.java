package io.github.falcogateway.app;

import io.github.falcogateway.config.GatewayConfig;
import org.jspecify.annotations.Nullable;

/**
 * One port and what it is for. Immutable.
 *
 * @param tls its certificate; null for plain HTTP
 * @param events whether events come in there
 * @param admin whether everything else is there
 */
record Listener(GatewayConfig.Address address, GatewayConfig.@Nullable Tls tls, boolean events, boolean admin) {

    /** The port for the server: below 0 it is a free one that all instances of the same number share. */
    int port() {
        return address.port() != 0 ? address.port() : events ? -1 : -2;
    }
}
