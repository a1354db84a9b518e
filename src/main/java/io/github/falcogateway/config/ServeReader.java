package io.github.falcogateway.config;

import io.github.falcogateway.serve.grpc.ServeOptions;
import io.vertx.core.net.SocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** Reads {@code listen.grpc}: an address, or a mapping of one and what belongs to it. */
final class ServeReader {

    private ServeReader() {}

    /** Where events are served over gRPC; null for nowhere. */
    static @Nullable ServeOptions read(Section listen) {
        boolean insecure = listen.bool("insecure", false);
        if (!(listen.take("grpc") instanceof MappingNode)) {
            return listen.has("grpc") ? shortForm(listen, insecure) : null;
        }
        Section section = listen.section("grpc");
        SocketAddress address = GrpcAddress.read(section, "address");
        ServeOptions.Tls tls = section.has("tls") ? tls(section.section("tls")) : null;
        section.take("tls");
        insecure |= section.bool("insecure", false);
        ServeOptions.SocketFile defaults = ServeOptions.SocketFile.defaults();
        ServeOptions.SocketFile file = new ServeOptions.SocketFile(
                section.parsed(
                        "mode",
                        defaults.mode(),
                        text -> text.matches("0?[0-7]{3}") ? text : null,
                        "the permissions of the socket in octal, such as \"0660\""),
                section.text("owner"),
                section.text("group"));
        boolean json = section.bool("json_output", false);
        section.end();
        secure(section, "address", address, tls, insecure);
        if (address != null && !address.isDomainSocket()) {
            for (String key : new String[] {"mode", "owner", "group"}) {
                if (section.has(key)) {
                    section.problem(key, key + " is for a unix socket alone");
                }
            }
        }
        return address == null ? null : new ServeOptions(address, tls, file, json);
    }

    private static @Nullable ServeOptions shortForm(Section listen, boolean insecure) {
        SocketAddress address = GrpcAddress.read(listen, "grpc");
        boolean tcp = address != null && !address.isDomainSocket();
        ServeOptions.Tls tls = null;
        if (tcp && !insecure && listen.has("tls") && listen.section("tls").has("client_ca")) {
            // What is wrong with it is told where listen.tls is read.
            Section shared = listen.section("tls");
            tls = new ServeOptions.Tls(shared.text("cert", ""), shared.text("key", ""), shared.text("client_ca", ""));
        }
        secure(listen, "grpc", address, tls, insecure);
        return address == null ? null : new ServeOptions(address, tls, ServeOptions.SocketFile.defaults(), false);
    }

    private static ServeOptions.Tls tls(Section section) {
        String cert = need(section, "cert", "our certificate");
        String key = need(section, "key", "its private key");
        String clientCa = need(section, "client_ca", "who signs the clients' certificates");
        section.end();
        if (!cert.isEmpty() && !key.isEmpty() && !clientCa.isEmpty()) {
            PemFiles.faults(new GatewayConfig.Tls(cert, key, clientCa)).forEach(section::problem);
            PemFiles.expired(Map.of("cert", cert, "client_ca", clientCa)).forEach(section::warn);
        }
        return new ServeOptions.Tls(cert, key, clientCa);
    }

    private static String need(Section section, String key, String what) {
        String file = section.text(key, "");
        if (file.isEmpty()) {
            section.problem(key, "tls needs " + key + ", a PEM file: " + what);
        }
        return file;
    }

    /** Over TCP events go to those alone who show a certificate, as with Falco. */
    private static void secure(
            Section section,
            String key,
            @Nullable SocketAddress address,
            ServeOptions.@Nullable Tls tls,
            boolean insecure) {
        if (address != null && !address.isDomainSocket() && tls == null && !insecure) {
            section.problem(
                    key,
                    "gRPC over TCP needs mutual TLS: tls: {cert, key, client_ca} here or in listen;"
                            + " a unix socket needs none; insecure: true if that is meant");
        }
    }
}
