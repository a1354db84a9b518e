package io.github.falcogateway.config;

import io.github.falcogateway.secret.Secret;
import io.github.falcogateway.sink.ClientTls;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the PEM files by which a sink and its receiver know each other. */
final class ClientTlsReader {

    private ClientTlsReader() {}

    /** What the files hold; what is wrong with them is told at their keys. */
    static ClientTls read(Section section) {
        String ca = file(section, "ca");
        String cert = file(section, "cert");
        String key = file(section, "key");
        section.end();
        if ((cert == null) != (key == null)) {
            section.problem(cert == null ? "cert" : "key", "cert and key belong together");
            return ClientTls.defaults();
        }
        Map<String, String> faults = PemFiles.faults(ca, cert, key);
        faults.forEach(section::problem);
        PemFiles.expired(Map.of("ca", ca == null ? "" : ca, "cert", cert == null ? "" : cert))
                .forEach(section::warn);
        if (!faults.isEmpty()) {
            return ClientTls.defaults();
        }
        return new ClientTls(
                ca == null ? null : PemFiles.text(ca),
                cert == null ? null : PemFiles.text(cert),
                cert == null || key == null ? null : new Secret(PemFiles.pkcs8(key, cert)));
    }

    /** A change of the file is one of the configuration. */
    private static @Nullable String file(Section section, String key) {
        String file = section.text(key);
        if (file != null) {
            section.source().reads(file);
        }
        return file;
    }
}
