package io.github.falcogateway.sink;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import org.jspecify.annotations.Nullable;

/**
 * How a receiver is known, and how we are known to it: PEM files. Immutable.
 *
 * @param ca whom to trust; null for what the JDK trusts
 * @param cert our certificate; null for none
 * @param key its key
 */
public record ClientTls(
        @Nullable String ca,
        @Nullable String cert,
        @Nullable String key) {

    /** What the JDK trusts, no certificate of our own. */
    public static ClientTls defaults() {
        return new ClientTls(null, null, null);
    }

    /** For a client of Vert.x. */
    public ClientSSLOptions options() {
        ClientSSLOptions options = new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS");
        if (ca != null) {
            options.setTrustOptions(new PemTrustOptions().addCertPath(ca));
        }
        if (cert != null && key != null) {
            options.setKeyCertOptions(new PemKeyCertOptions().addCertPath(cert).addKeyPath(key));
        }
        return options;
    }
}
