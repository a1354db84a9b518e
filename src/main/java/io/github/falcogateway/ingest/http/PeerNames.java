package io.github.falcogateway.ingest.http;

import io.vertx.core.http.HttpServerRequest;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** The names in a client's certificate, which the handshake has verified: its common name and its DNS names. */
final class PeerNames {

    private static final String KEPT = PeerNames.class.getName();
    private static final int DNS_NAME = 2;

    private PeerNames() {}

    /** The names; empty where there is no certificate. */
    static Set<String> of(HttpServerRequest request) {
        SSLSession session = request.isSSL() ? request.sslSession() : null;
        if (session == null) {
            return Set.of();
        }
        // A connection carries many events, and its certificate stays the same.
        if (session.getValue(KEPT) instanceof Names known) {
            return known.names();
        }
        Set<String> names = read(session);
        session.putValue(KEPT, new Names(names));
        return names;
    }

    private record Names(Set<String> names) {}

    private static Set<String> read(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate own ? names(own) : Set.of();
        } catch (SSLPeerUnverifiedException none) {
            return Set.of();
        }
    }

    private static Set<String> names(X509Certificate certificate) {
        Set<String> names = new LinkedHashSet<>();
        try {
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    names.add(String.valueOf(part.getValue()));
                }
            }
            Collection<List<?>> others = certificate.getSubjectAlternativeNames();
            if (others != null) {
                for (List<?> other : others) {
                    if (other.get(0).equals(DNS_NAME)) {
                        names.add(String.valueOf(other.get(1)));
                    }
                }
            }
        } catch (InvalidNameException | CertificateParsingException unreadable) {
            return Set.copyOf(names);
        }
        return Set.copyOf(names);
    }
}
