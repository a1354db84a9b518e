package io.github.falcogateway.config;

import io.github.falcogateway.serve.grpc.ServeOptions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads where it listens, and with which certificate. Confined to one loading. */
final class ListenSettings {

    private static final String DEFAULT_ADDRESS = "127.0.0.1:2801";

    private final Section section;

    ListenSettings(Section top) {
        section = top.section("listen");
    }

    /** Where it listens; who may look must be said where others can reach it. */
    GatewayConfig.Listen read(boolean viewSet) {
        GatewayConfig.Address http = address("http", section.text("http", DEFAULT_ADDRESS), viewSet);
        String admin = section.text("admin");
        ServeOptions grpc = ServeReader.read(section);
        GatewayConfig.Tls tls = section.has("tls") ? tls(section.section("tls")) : null;
        section.take("tls");
        List<String> names =
                section.texts("names").stream().map(Section.Text::text).toList();
        section.end();
        return new GatewayConfig.Listen(
                http, admin == null ? null : address("admin", admin, viewSet), tls, names, grpc);
    }

    private GatewayConfig.Address address(String key, String text, boolean viewSet) {
        GatewayConfig.Address address = address(text);
        if (address == null) {
            section.problem(key, "listen." + key + " must be ADDRESS:PORT such as 127.0.0.1:2801 or [::1]:2801");
            return new GatewayConfig.Address("127.0.0.1", 0);
        }
        if (!viewSet && !address.isLoopback()) {
            section.problem(
                    key,
                    "listen." + key + " is not a loopback address and auth.view is not set: anybody could read the"
                            + " events; write auth: {view: {htpasswd: conf/htpasswd}}, or auth: {view: none} if that is"
                            + " meant, or listen on 127.0.0.1");
        }
        return address;
    }

    static GatewayConfig.@Nullable Address address(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("\\d{1,5}")) {
            return null;
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            return null;
        }
        return port > 65_535 ? null : new GatewayConfig.Address(host, port);
    }

    private static GatewayConfig.Tls tls(Section section) {
        String cert = file(section, "cert");
        String key = file(section, "key");
        String clientCa = section.text("client_ca");
        section.end();
        GatewayConfig.Tls tls = new GatewayConfig.Tls(cert, key, clientCa);
        if (!cert.isEmpty() && !key.isEmpty()) {
            PemFiles.faults(tls).forEach(section::problem);
            PemFiles.expired(Map.of("cert", cert, "client_ca", clientCa == null ? "" : clientCa))
                    .forEach(section::warn);
        }
        return tls;
    }

    private static String file(Section section, String key) {
        String file = section.text(key);
        if (file == null) {
            section.problem(key, "tls needs " + key + ", a PEM file");
        }
        return file == null ? "" : file;
    }
}
