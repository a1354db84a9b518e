package io.github.falcogateway.ingest.http;

import io.github.falcogateway.auth.Senders;
import io.github.falcogateway.event.Grant;
import io.github.falcogateway.event.Network;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.security.Principal;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Who sends, by what the request shows. Immutable.
 *
 * @param senders those that are known
 * @param proxies whose word is taken for where a request comes from
 */
public record Access(Senders senders, List<Network> proxies) {

    public Access {
        proxies = List.copyOf(proxies);
    }

    /** Whether the sender is known without waiting; then {@link #grant} has it. */
    boolean decided(HttpServerRequest request) {
        return senders.isOpen() || grant(request) != null || !senders.mayHash(request.getHeader("Authorization"));
    }

    /** Who sends; null where nobody is known or needs to be. */
    @Nullable
    Grant grant(HttpServerRequest request) {
        return senders.isOpen() ? null : senders.known(request.getHeader("Authorization"), certificateName(request));
    }

    /** Compares the password off the event loop. */
    Future<@Nullable Grant> hash(Vertx vertx, HttpServerRequest request) {
        String authorization = request.getHeader("Authorization");
        return vertx.executeBlocking(() -> senders.hashed(authorization), false);
    }

    /** The address a trusted proxy names: the last one that is no proxy itself; null where there is none. */
    @Nullable
    String forwarded(HttpServerRequest request, String remote) {
        String header = request.getHeader("X-Forwarded-For");
        if (proxies.isEmpty() || !trusted(remote)) {
            return null;
        }
        String[] hops = header != null ? header.split(",") : Forwarded.addresses(request.getHeader("Forwarded"));
        for (int i = hops.length - 1; i >= 0; i--) {
            String hop = hops[i].strip();
            if (Network.parse(hop) == null || hop.indexOf('/') >= 0) {
                return null;
            }
            if (!trusted(hop)) {
                return hop;
            }
        }
        return null;
    }

    private boolean trusted(String address) {
        return proxies.stream().anyMatch(proxy -> proxy.contains(address));
    }

    private static @Nullable String certificateName(HttpServerRequest request) {
        SSLSession session = request.isSSL() ? request.sslSession() : null;
        if (session == null) {
            return null;
        }
        try {
            Principal principal = session.getPeerPrincipal();
            for (Rdn part : new LdapName(principal.getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    return String.valueOf(part.getValue());
                }
            }
            return null;
        } catch (SSLPeerUnverifiedException | InvalidNameException none) {
            return null;
        }
    }
}
