package io.github.falcogateway.serve.grpc;

import io.vertx.core.http.HttpConnection;
import io.vertx.grpc.server.GrpcServerRequest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Up to where each client of {@code get} has read. A client is who its certificate says, or the name that it gives
 * itself in the metadata {@code falco-gateway-subscriber}, or else its connection. Confined to one event loop.
 */
final class Callers {

    private static final String NAME = "falco-gateway-subscriber";
    private static final int REMEMBERED = 1000;

    private final Map<HttpConnection, Long> connections = new HashMap<>();
    private final Map<String, Long> names = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** A connection begins at a place in the journal. */
    void opened(HttpConnection connection, long place) {
        connections.put(connection, place);
        connection.closeHandler(closed -> connections.remove(connection));
    }

    /** The place up to which a caller has had the events; where it is new, that at which its connection began. */
    long place(GrpcServerRequest<?, ?> call, long now) {
        String name = name(call);
        Long known = name == null ? null : names.get(name);
        if (known == null) {
            known = connections.getOrDefault(call.connection(), now);
            if (name != null) {
                names.put(name, known);
            }
        }
        return known;
    }

    /** A caller has had the events up to a place. */
    void moved(GrpcServerRequest<?, ?> call, long place) {
        String name = name(call);
        if (name != null) {
            names.put(name, place);
        } else if (connections.containsKey(call.connection())) {
            connections.put(call.connection(), place);
        }
    }

    private static @Nullable String name(GrpcServerRequest<?, ?> call) {
        String given = call.headers().get(NAME);
        String certified = certified(call.connection());
        if (given == null && certified == null) {
            return null;
        }
        return certified + "/" + given;
    }

    private static @Nullable String certified(HttpConnection connection) {
        if (!connection.isSsl()) {
            return null;
        }
        try {
            List<Certificate> chain = connection.peerCertificates();
            if (!chain.isEmpty() && chain.get(0) instanceof X509Certificate certificate) {
                for (Rdn part :
                        new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                    if (part.getType().equalsIgnoreCase("CN")) {
                        return String.valueOf(part.getValue());
                    }
                }
            }
        } catch (SSLPeerUnverifiedException | InvalidNameException unknown) {
            // It has no name then.
        }
        return null;
    }
}
