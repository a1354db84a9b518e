package io.github.falcogateway.config;

import io.github.falcogateway.auth.Viewers;
import io.github.falcogateway.event.Network;
import io.github.falcogateway.falcorules.FalcoRules;
import io.github.falcogateway.host.HostSource;
import io.github.falcogateway.host.HostTable;
import io.github.falcogateway.ingest.grpc.SourceOptions;
import io.github.falcogateway.ingest.http.Access;
import io.github.falcogateway.intake.IntakeOptions;
import io.github.falcogateway.journal.JournalOptions;
import io.github.falcogateway.rule.RuleTable;
import io.github.falcogateway.serve.grpc.ServeOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything the gateway is told. Immutable.
 *
 * @param sinks by name, in the order of the file
 * @param routes the rule table, ready
 * @param hosts the host table, ready
 * @param falcoRules the rules of Falco that its files define; empty where none are named
 * @param sources the Falcos to take events from over gRPC
 * @param shutdownGrace how long a stop waits for deliveries
 * @param longestSilence how long a silence may last
 * @param inputs what it was read from
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
        List<SourceOptions> sources,
        Duration shutdownGrace,
        Duration longestSilence,
        Inputs inputs) {

    /**
     * Where it listens.
     *
     * @param http where events come in, and where there is no admin listener everything else
     * @param admin where everything but events is; null for the same as events
     * @param tls its certificate, for both; null for plain HTTP
     * @param names the host names it answers to besides localhost and addresses, where it listens on loopback alone
     * @param grpc where events are served over gRPC; null for nowhere
     */
    public record Listen(
            Address http,
            @Nullable Address admin,
            @Nullable Tls tls,
            List<String> names,
            @Nullable ServeOptions grpc) {

        /** Where everything but events is. */
        public Address view() {
            return admin == null ? http : admin;
        }

        /**
         * The address of the live view.
         *
         * @param port the one that is bound; 0 while it is not known
         */
        public String viewUrl(int port) {
            String at = view().host();
            boolean everywhere = at.equals("0.0.0.0") || at.equals("::");
            String host = everywhere ? Settings.hostname() : at.contains(":") ? "[" + at + "]" : at;
            return (tls == null ? "http://" : "https://") + host + (port == 0 ? "" : ":" + port);
        }
    }

    /**
     * An address to listen at.
     *
     * @param port 0 for a free one
     */
    public record Address(String host, int port) {

        /** Whether only this machine reaches it. */
        public boolean isLoopback() {
            return Network.isLoopback(host);
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
