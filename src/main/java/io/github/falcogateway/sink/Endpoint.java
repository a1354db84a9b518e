package io.github.falcogateway.sink;

import java.net.URI;
import java.util.Objects;

/** Where a sink connects to, without what is secret in its address. Immutable. */
public record Endpoint(String host, int port) {

    /** The endpoint of an http or https address without {@link HttpTarget#problem}. */
    public static Endpoint of(String url) {
        URI uri = URI.create(url.strip());
        String host = Objects.requireNonNull(uri.getHost()).replaceAll("[\\[\\]]", "");
        int usual = "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        return new Endpoint(host, uri.getPort() > 0 ? uri.getPort() : usual);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
