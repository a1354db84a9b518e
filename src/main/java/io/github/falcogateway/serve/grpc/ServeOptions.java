package io.github.falcogateway.serve.grpc;

import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where and how events are served over gRPC. Immutable.
 *
 * @param address a unix socket, or host and port; port 0 for a free one
 * @param tls null for plain HTTP/2
 * @param socket how the file of a unix socket is set
 * @param jsonOutput whether {@code output} holds the whole event as JSON, as with Falco's {@code json_output}
 */
public record ServeOptions(SocketAddress address, @Nullable Tls tls, SocketFile socket, boolean jsonOutput) {

    /** PEM files: our certificate, its key, and who signs the certificates that clients must have. */
    public record Tls(String cert, String key, String clientCa) {}

    /**
     * The file of a unix socket.
     *
     * @param mode its permissions in octal, such as {@code 0660}
     * @param owner null for the user that the gateway runs as
     * @param group null for that user's group
     */
    public record SocketFile(
            String mode, @Nullable String owner, @Nullable String group) {

        /** Whoever is in the gateway's group may connect. */
        public static SocketFile defaults() {
            return new SocketFile("0660", null, null);
        }
    }
}
