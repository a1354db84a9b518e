package io.github.falcogateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.testing.Certificates;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemFilesTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void holdsAKeyInOpenSslsOldFormAgainstItsCertificate(String algorithm) throws Exception {
        Certificates own = Certificates.of(folder, "own", algorithm);
        Certificates other = Certificates.of(folder, "other", algorithm);
        assertThat(faults(own, own.bareKey())).isEmpty();
        assertThat(faults(own, other.bareKey()))
                .containsExactly(Map.entry("key", "the key in " + other.bareKey() + " is not the certificate's"));
    }

    @Test
    void takesNoKeyOfAnotherAlgorithm() throws Exception {
        Certificates rsa = Certificates.of(folder, "own", "RSA");
        Certificates ec = Certificates.of(folder, "other", "EC");
        assertThat(faults(rsa, ec.bareKey())).containsOnlyKeys("key");
        assertThat(faults(ec, rsa.bareKey())).containsOnlyKeys("key");
    }

    @Test
    void warnsOfACertificateThatHasExpired() throws Exception {
        Certificates authority = Certificates.of(folder, "authority");
        Certificates old = Certificates.expired(folder, "old", authority);
        assertThat(PemFiles.expired(Map.of("cert", old.cert().toString(), "client_ca", "")))
                .hasEntrySatisfying("cert", told -> assertThat(told).contains(" expired at 20"));
        assertThat(PemFiles.expired(Map.of("cert", authority.cert().toString())))
                .isEmpty();
    }

    private static Map<String, String> faults(Certificates certificate, Path key) {
        return PemFiles.faults(new GatewayConfig.Tls(certificate.cert().toString(), key.toString(), null));
    }
}
