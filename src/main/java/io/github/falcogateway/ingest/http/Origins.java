package io.github.falcogateway.ingest.http;

import io.github.falcogateway.event.Network;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a request is meant for this gateway, and whether a page of another site had the browser send it. Where nobody
 * needs to log in and only this machine reaches the port, a page of an attacker's could reach it through the browser:
 * directly, or under a name of its own that leads to 127.0.0.1. Immutable.
 */
public final class Origins {

    /** What is answered to a name that is not ours. */
    public static final String NOT_OURS = "this listener answers to localhost and loopback addresses: name others in"
            + " listen.names, or set auth.view";

    private final boolean loopback;
    private final Set<String> names;

    /**
     * The names of a listener.
     *
     * @param loopback whether only this machine reaches it; else it answers to any name
     * @param names those it answers to besides
     */
    public Origins(boolean loopback, List<String> names) {
        this.loopback = loopback;
        this.names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the request's {@code Host} is one of this listener; a request without one comes from no browser. */
    public boolean isOurs(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        if (!loopback || authority == null && request.getHeader("Host") == null) {
            return true;
        }
        if (authority == null) {
            return false;
        }
        String host = authority.host().toLowerCase(Locale.ROOT).replaceAll("^\\[|]$|[.]$", "");
        return Network.isLoopback(host) || names.contains(host);
    }

    /** Whether a page of another site sends it. A browser says which page does; tools say nothing. */
    public static boolean isForeign(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        if (origin == null) {
            return "cross-site".equals(request.getHeader("Sec-Fetch-Site"));
        }
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority == null || !authority.equalsIgnoreCase(String.valueOf(request.authority()));
        } catch (IllegalArgumentException malformed) {
            return true;
        }
    }
}
