package io.github.falcogateway.config;

import io.github.falcogateway.auth.Viewers;
import io.github.falcogateway.event.Network;
import io.github.falcogateway.falcorules.FalcoRules;
import io.github.falcogateway.host.HostSource;
import io.github.falcogateway.host.HostTable;
import io.github.falcogateway.ingest.http.Access;
import io.github.falcogateway.intake.IntakeOptions;
import io.github.falcogateway.journal.JournalOptions;
import io.github.falcogateway.rule.RuleTable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything the gateway is told. Immutable.
 *
 * @param sinks by name, in the order of the file
 * @param routes the rule table, ready
 * @param hosts the host table, ready
 * @param falcoRules the rules of Falco that its files define; empty where none are named
 * @param shutdownGrace how long a stop waits for deliveries
 */
public record GatewayConfig(
        Listen listen,
        Viewers viewers,
        Access access,
        Limits limits,
        IntakeOptions intake,
        JournalOptions journal,
        Map<String, SinkConfig> sinks,
        RuleTable routes,
        HostTable hosts,
        HostNaming naming,
        FalcoRules falcoRules,
        Duration shutdownGrace) {

    /**
     * Where it listens.
     *
     * @param port 0 for a free one
     * @param tls its certificate; null for plain HTTP
     */
    public record Listen(String host, int port, @Nullable Tls tls) {

        private static final Network LOOPBACK = Objects.requireNonNull(Network.parse("127.0.0.0/8"));

        /** Whether only this machine reaches it. */
        public boolean isLoopback() {
            return host.equals("localhost")
                    || LOOPBACK.contains(host)
                    || "0:0:0:0:0:0:0:1".equals(Network.address(host));
        }
    }

    /**
     * PEM files of a listener.
     *
     * @param clientCa who signs the certificates of clients; null where they need none
     */
    public record Tls(String cert, String key, @Nullable String clientCa) {}

    /**
     * What a request and a connection may be.
     *
     * @param body the most bytes of a body
     * @param eventsPerRequest the most events in one request
     * @param connections the most connections at once
     * @param header the most bytes of the headers
     */
    public record Limits(int body, int eventsPerRequest, int connections, int header) {}

    /**
     * How hosts are named.
     *
     * @param order the sources of names in their order
     * @param fields the output fields that may hold a name
     * @param node this gateway's own name
     * @param dns how the name service is asked; null where it is not
     */
    public record HostNaming(
            List<HostSource> order,
            List<String> fields,
            String node,
            @Nullable Dns dns) {}

    /**
     * How the name service is asked for the names of addresses.
     *
     * @param timeout how long one question waits; no event does
     * @param cache how long a name is remembered
     * @param server the address of the name server; null for the system's
     * @param port its port
     */
    public record Dns(
            Duration timeout, Duration cache, @Nullable String server, int port) {}
}
