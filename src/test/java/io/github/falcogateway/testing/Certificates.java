package io.github.falcogateway.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A self-signed certificate and its key as PEM files, made by the JDK's keytool. Immutable. */
public record Certificates(Path cert, Path key, Path store) {

    public static final char[] PASSWORD = "changeit".toCharArray();

    /** The stores, by algorithm and name: keytool is a process of its own for each. */
    private static final Map<String, byte[]> MADE = new ConcurrentHashMap<>();

    /** A certificate of this common name, good for 127.0.0.1 and localhost. */
    public static Certificates of(Path folder, String name) throws Exception {
        return of(folder, name, "EC");
    }

    /** A certificate with a key for this algorithm, {@code RSA} or {@code EC}; the same one each time it is asked for. */
    public static Certificates of(Path folder, String name, String algorithm) throws Exception {
        Path store = folder.resolve(name + ".p12");
        byte[] made = MADE.get(algorithm + name);
        if (made == null) {
            keytool(store, "key", name, algorithm);
            MADE.put(algorithm + name, Files.readAllBytes(store));
        } else {
            Files.write(store, made);
        }
        return read(folder, name, store, "key");
    }

    private static Certificates read(Path folder, String name, Path store, String alias) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        Path cert = pem(
                folder.resolve(name + ".crt"),
                "CERTIFICATE",
                keys.getCertificate(alias).getEncoded());
        Path key = pem(
                folder.resolve(name + ".key"),
                "PRIVATE KEY",
                keys.getKey(alias, PASSWORD).getEncoded());
        return new Certificates(cert, key, store);
    }

    /** One that another has signed, and that has expired. */
    public static Certificates expired(Path folder, String name, Certificates authority) throws Exception {
        Path store = Files.copy(authority.store(), folder.resolve(name + ".p12"));
        keytool(store, "expired", name, "EC", "-signer", "key", "-startdate", "-3d", "-validity", "1");
        return read(folder, name, store, "expired");
    }

    private static void keytool(Path store, String alias, String name, String algorithm, String... more)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                algorithm,
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=IP:127.0.0.1,DNS:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                store.toString()));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed");
        }
    }

    /** The key in the form of PKCS#1 or SEC1, which is what the PKCS#8 one wraps. */
    public Path bareKey() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        Key key = keys.getKey("key", PASSWORD);
        byte[] wrapped = key.getEncoded();
        // The wrapped key is the last thing in it, and both are long or both are short.
        int header = key.getAlgorithm().equals("RSA") ? 4 : 2;
        int at = 0;
        while (wrapped[at] != 0x04 || lengthAt(wrapped, at + 1) != wrapped.length - at - header) {
            at++;
        }
        Path file = store.resolveSibling(store.getFileName() + "-bare.key");
        return pem(file, key.getAlgorithm() + " PRIVATE KEY", Arrays.copyOfRange(wrapped, at + header, wrapped.length));
    }

    private static int lengthAt(byte[] der, int at) {
        return der[at] == (byte) 0x82 ? (der[at + 1] & 0xff) << 8 | der[at + 2] & 0xff : der[at];
    }

    private static Path pem(Path file, String what, byte[] bytes) throws IOException {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(bytes);
        return Files.writeString(file, "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n");
    }
}
