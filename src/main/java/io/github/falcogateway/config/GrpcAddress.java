package io.github.falcogateway.config;

import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Reads where gRPC is spoken: {@code unix:///run/falco/falco.sock} or {@code host:5060}, as gRPC itself writes it. */
final class GrpcAddress {

    /** What fits into sockaddr_un with its ending zero. */
    private static final int MAX_PATH = 107;

    private static final int MAX_PORT = 65_535;

    private GrpcAddress() {}

    /**
     * The address; null where there is none, which is told.
     *
     * @param key the key whose text it is
     */
    static @Nullable SocketAddress read(Section section, String key) {
        String text = section.text(key);
        if (text == null || text.isEmpty()) {
            section.problem(key, key + " must be unix:///PATH such as unix:///run/falco/falco.sock, or HOST:PORT");
            return null;
        }
        return text.startsWith("unix:") ? unix(section, key, text) : tcp(section, key, text);
    }

    private static @Nullable SocketAddress unix(Section section, String key, String text) {
        String path = text.substring("unix:".length());
        path = path.startsWith("//") ? path.substring(2) : path;
        if (path.isEmpty() || text.startsWith("unix://") && !path.startsWith("/")) {
            section.problem(key, key + " must be unix:///PATH with an absolute path, or unix:PATH with a relative one");
            return null;
        }
        if (path.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > MAX_PATH) {
            section.problem(key, "the path of a unix socket has at most " + MAX_PATH + " bytes");
            return null;
        }
        return SocketAddress.domainSocketAddress(path);
    }

    private static @Nullable SocketAddress tcp(Section section, String key, String text) {
        String plain = text.startsWith("dns:///") ? text.substring("dns:///".length()) : text;
        int colon = plain.lastIndexOf(':');
        String host = colon < 1 ? "" : plain.substring(0, colon);
        String port = plain.substring(colon + 1);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0 || host.indexOf('/') >= 0) {
            host = "";
        }
        if (host.isEmpty() || !port.matches("\\d{1,5}") || Integer.parseInt(port) > MAX_PORT) {
            section.problem(key, key + " must be unix:///PATH, or HOST:PORT such as falco-1:5060 or [::1]:5060");
            return null;
        }
        return SocketAddress.inetSocketAddress(Integer.parseInt(port), host);
    }
}
