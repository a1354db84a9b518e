package io.github.falcogateway.auth;

import at.favre.lib.crypto.bcrypt.BCrypt;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.falcogateway.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Compares passwords with bcrypt hashes. A hash takes a tenth of a second on purpose, so that the outcome is remembered,
 * under a digest with a key that never leaves the process. Thread-safe.
 */
public final class Passwords {

    private static final int COST = 10;
    /** More than this bcrypt does not look at. */
    private static final int LONGEST = 72;

    private static final String DIGEST = "HmacSHA256";
    private static final SecretKeySpec KEY = key();
    /** Stands for the user who is unknown; of a random password that nobody kept. */
    private static final Secret NOBODY = new Secret("$2y$10$C59lHaLPqmekRM6fuXZzueIsBYLFuuppYBuZ7IZuHqj.IS.qEAZF2");

    /** A sender that goes on sending is never hashed again. */
    private final Cache<String, Boolean> matched = Caffeine.newBuilder()
            .expireAfterAccess(Duration.ofDays(1))
            .maximumSize(1000)
            .build();
    /** A sender with a wrong password sends it with each of its events. */
    private final Cache<String, Boolean> refused = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(1))
            .maximumSize(1000)
            .build();

    /** Compared with where the user is unknown, so that the answer takes as long as that of a user who is known. */
    private final Secret standIn;

    /**
     * For these hashes.
     *
     * @param hashes those of the users; the costliest of them sets how long an unknown one takes
     */
    Passwords(Collection<Secret> hashes) {
        standIn = hashes.stream().max(Comparator.comparing(Passwords::cost)).orElse(NOBODY);
    }

    /** Two digits behind the version. */
    private static String cost(Secret hash) {
        return hash.reveal().split("\\$", -1)[2];
    }

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

    /**
     * Whether the password matches, as far as that is known without hashing; null where it is not.
     *
     * @param hash null where the user is unknown
     */
    @Nullable
    Boolean known(@Nullable Secret hash, String password) {
        String digest = digest(hash == null ? NOBODY : hash, password);
        return refused.getIfPresent(digest) != null ? Boolean.FALSE : matched.getIfPresent(digest);
    }

    /**
     * Whether the password matches; takes a tenth of a second, never on an event loop.
     *
     * @param hash null where the user is unknown: it takes as long then
     */
    boolean matches(@Nullable Secret hash, String password) {
        if (!isUsable(password)) {
            return false;
        }
        byte[] expected = (hash == null ? standIn : hash).reveal().getBytes(StandardCharsets.UTF_8);
        boolean same = BCrypt.verifyer().verify(password.getBytes(StandardCharsets.UTF_8), expected).verified;
        if (same && hash != null) {
            matched.put(digest(hash, password), true);
            return true;
        }
        refused.put(digest(hash == null ? NOBODY : hash, password), true);
        return false;
    }

    private static String digest(Secret hash, String password) {
        try {
            Mac mac = Mac.getInstance(DIGEST);
            mac.init(KEY);
            mac.update(hash.reveal().getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException noJdk) {
            throw new IllegalStateException("every JDK has " + DIGEST, noJdk);
        }
    }

    private static SecretKeySpec key() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return new SecretKeySpec(key, DIGEST);
    }
}
