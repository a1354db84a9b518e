package io.github.falcogateway.ingest.grpc;

import io.github.falcogateway.secret.Secret;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A Falco to take events from. Immutable.
 *
 * @param name unique among the sources
 * @param address where its gRPC output listens: a unix socket, or host and port
 * @param tls null for plain HTTP/2, which is what Falco speaks on a unix socket
 * @param host the host its events come from, where nothing better names it
 * @param maxMessage the most bytes of one event
 */
public record SourceOptions(
        String name,
        SocketAddress address,
        @Nullable Tls tls,
        Mode mode,
        @Nullable String host,
        Pace pace,
        int maxMessage) {

    /** How events are asked for. */
    public enum Mode {
        /** One stream; each request on it drains Falco's queue. */
        SUB,
        /** A call again and again, each drains Falco's queue and ends. */
        GET
    }

    /**
     * What the PEM files held when the configuration was read, so that a file that changed is another configuration.
     *
     * @param ca who signs Falco's certificate
     * @param cert our certificate
     * @param key its key, in the form of PKCS#8
     */
    public record Tls(String ca, String cert, Secret key) {}

    /**
     * When things are done.
     *
     * @param poll between one asking and the next
     * @param timeout for a connection, and for an answer where Falco is silent
     * @param retryMin before the first new connection, at most
     * @param retryMax before any new connection
     */
    public record Pace(Duration poll, Duration timeout, Duration retryMin, Duration retryMax) {

        /** Asked five times a second; ten seconds; 200 ms to 5 s. */
        public static Pace defaults() {
            return new Pace(
                    Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ofMillis(200), Duration.ofSeconds(5));
        }
    }
}
