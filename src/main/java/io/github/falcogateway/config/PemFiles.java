package io.github.falcogateway.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks whether PEM files can be used, before they are. */
public final class PemFiles {

    /** PKCS#8, or PKCS#1 and SEC1, which name the algorithm. */
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN (RSA |EC )?PRIVATE KEY-----([^-]+)-----END \\1?PRIVATE KEY-----");

    private PemFiles() {}

    /** What is wrong, by the key of the file it is wrong with; empty where all is well. Blocking. */
    public static Map<String, String> faults(GatewayConfig.Tls tls) {
        Map<String, String> faults = new LinkedHashMap<>();
        pair(tls.cert(), tls.key(), faults);
        if (tls.clientCa() != null) {
            certificate(tls.clientCa(), "client_ca", faults);
        }
        return faults;
    }

    /** The same for a client, who may do without any of them. Blocking. */
    static Map<String, String> faults(@Nullable String ca, @Nullable String cert, @Nullable String key) {
        Map<String, String> faults = new LinkedHashMap<>();
        if (ca != null) {
            certificate(ca, "ca", faults);
        }
        if (cert != null && key != null) {
            pair(cert, key, faults);
        }
        return faults;
    }

    /**
     * What a user should know of certificates that can be used all the same, by the key of the file. Blocking.
     *
     * @param files by their keys; empty where there is none
     */
    static Map<String, String> expired(Map<String, String> files) {
        Map<String, String> expired = new LinkedHashMap<>();
        files.forEach((key, file) -> {
            X509Certificate certificate = file.isEmpty() ? null : certificate(file, key, new LinkedHashMap<>());
            if (certificate != null && certificate.getNotAfter().before(new Date())) {
                expired.put(
                        key,
                        "the certificate in " + file + " expired at "
                                + certificate.getNotAfter().toInstant());
            }
        });
        return expired;
    }

    /** What a file without faults holds; empty where it has gone meanwhile. Blocking. */
    static String text(String file) {
        String pem = read(file, "", new LinkedHashMap<>());
        return pem == null ? "" : pem;
    }

    /** The key of a pair without faults in the form that every client reads; empty where it has gone meanwhile. Blocking. */
    static String pkcs8(String key, String cert) {
        X509Certificate certificate = certificate(cert, "", new LinkedHashMap<>());
        try {
            return certificate == null ? "" : pem(privateKey(text(key), certificate.getPublicKey()));
        } catch (GeneralSecurityException | IllegalArgumentException changed) {
            return "";
        }
    }

    private static String pem(PrivateKey key) {
        String base64 = Base64.getMimeEncoder().encodeToString(key.getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
    }

    private static void pair(String cert, String key, Map<String, String> faults) {
        X509Certificate certificate = certificate(cert, "cert", faults);
        String pem = read(key, "key", faults);
        String fault = certificate == null || pem == null ? null : key(pem, key, certificate);
        if (fault != null) {
            faults.put("key", fault);
        }
    }

    private static @Nullable X509Certificate certificate(String file, String key, Map<String, String> faults) {
        String pem = read(file, key, faults);
        if (pem == null) {
            return null;
        }
        try {
            Collection<? extends Certificate> chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
            if (chain.iterator().hasNext() && chain.iterator().next() instanceof X509Certificate first) {
                return first;
            }
        } catch (GeneralSecurityException unreadable) {
            // Told below, with the name of the file.
        }
        faults.put(key, "the file " + file + " holds no certificate in PEM form");
        return null;
    }

    private static @Nullable String key(String pem, String file, X509Certificate certificate) {
        if (pem.contains("ENCRYPTED")) {
            return "the key in " + file + " is encrypted: write it without a password, readable for this user alone";
        }
        if (!KEY.matcher(pem).find()) {
            return "the file " + file + " holds no private key in PEM form";
        }
        try {
            PrivateKey own = privateKey(pem, certificate.getPublicKey());
            return belongs(own, certificate) ? null : "the key in " + file + " is not the certificate's";
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            return "the key in " + file + " is not the certificate's, or no key at all";
        }
    }

    private static PrivateKey privateKey(String pem, PublicKey certified) throws GeneralSecurityException {
        Matcher key = KEY.matcher(pem);
        if (!key.find()) {
            throw new GeneralSecurityException("no private key");
        }
        byte[] bytes = Base64.getMimeDecoder().decode(key.group(2));
        byte[] pkcs8 = key.group(1) == null ? bytes : Pkcs8.wrap(bytes, certified);
        return KeyFactory.getInstance(certified.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    private static boolean belongs(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        byte[] text = {1, 2, 3};
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(text);
        return signature.verify(signed);
    }

    private static @Nullable String read(String file, String key, Map<String, String> faults) {
        try {
            return Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            faults.put(key, "the file " + file + " cannot be read");
            return null;
        }
    }
}
