package io.github.falcogateway.sink;

import io.github.falcogateway.secret.Secret;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import org.jspecify.annotations.Nullable;

/**
 * How a receiver is known, and how we are known to it: what the PEM files held when the configuration was read, so that
 * a file that changed is another configuration. Immutable.
 *
 * @param ca whom to trust; null for what the JDK trusts
 * @param cert our certificate; null for none
 * @param key its key, in the form of PKCS#8; null for none
 */
public record ClientTls(
        @Nullable String ca,
        @Nullable String cert,
        @Nullable Secret key) {

    /** What the JDK trusts, no certificate of our own. */
    public static ClientTls defaults() {
        return new ClientTls(null, null, null);
    }

    /** For a client of Vert.x. */
    public ClientSSLOptions options() {
        ClientSSLOptions options = new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS");
        if (ca != null) {
            options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(ca)));
        }
        if (cert != null && key != null) {
            options.setKeyCertOptions(
                    new PemKeyCertOptions().addCertValue(Buffer.buffer(cert)).addKeyValue(Buffer.buffer(key.reveal())));
        }
        return options;
    }
}
