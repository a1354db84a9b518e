package io.github.falcogateway.auth;

import at.favre.lib.crypto.bcrypt.BCrypt;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.falcogateway.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;

/**
 * Compares passwords with bcrypt hashes. A hash takes a tenth of a second on purpose, so that one that matched is
 * remembered for a while, by a digest. Thread-safe.
 */
public final class Passwords {

    private static final int COST = 10;
    /** More than this bcrypt does not look at. */
    private static final int LONGEST = 72;

    private final Cache<String, Boolean> matched = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(10))
            .maximumSize(1000)
            .build();

    /** Whether the text is a hash that can be compared with. */
    public static boolean isHash(String text) {
        return text.matches("\\$2[abxy]?\\$\\d\\d\\$[./A-Za-z0-9]{53}");
    }

    /** The hash of a password. */
    public static String hash(char[] password) {
        return BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(COST, password);
    }

    /** Whether a password can be hashed whole. */
    public static boolean isUsable(String password) {
        int bytes = password.getBytes(StandardCharsets.UTF_8).length;
        return bytes > 0 && bytes < LONGEST;
    }

    /** Whether it is known, without hashing, that the password matches. */
    boolean known(Secret hash, String password) {
        return matched.getIfPresent(digest(hash, password)) != null;
    }

    /** Whether the password matches; takes a tenth of a second, never on an event loop. */
    boolean matches(Secret hash, String password) {
        if (!isUsable(password)) {
            return false;
        }
        boolean same = BCrypt.verifyer()
                .verify(password.getBytes(StandardCharsets.UTF_8), hash.reveal().getBytes(StandardCharsets.UTF_8))
                .verified;
        if (same) {
            matched.put(digest(hash, password), true);
        }
        return same;
    }

    private static String digest(Secret hash, String password) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(hash.reveal().getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest.digest(password.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException noJdk) {
            throw new IllegalStateException("every JDK has SHA-256", noJdk);
        }
    }
}
