package io.github.falcogateway.intake;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.falcogateway.codec.DecodedEvent;
import io.github.falcogateway.journal.Receipt;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries of the last while, each with what became of it: the same event again is answered as the first one
 * was, and a first one that failed is not remembered. Thread-safe.
 */
final class Duplicates {

    /** The most deliveries remembered, some 200 bytes each; a flood shortens the window rather than fill the memory. */
    private static final long REMEMBERED = 200_000;

    private final @Nullable Cache<String, Future<Receipt>> seen;

    Duplicates(Duration window) {
        seen = window.isZero()
                ? null
                : Caffeine.newBuilder()
                        .expireAfterWrite(window)
                        .maximumSize(REMEMBERED)
                        .build();
    }

    boolean on() {
        return seen != null;
    }

    /** What became of the first delivery; null where this is the first, which is now the caller's to append. */
    @Nullable
    Future<Receipt> first(String key, Future<Receipt> mine) {
        return seen == null ? null : seen.asMap().putIfAbsent(key, mine);
    }

    /** The append failed: the event is to be taken when it comes again. */
    void forget(String key) {
        if (seen != null) {
            seen.invalidate(key);
        }
    }

    /** What makes two deliveries one event: its {@code uuid}, else every byte of it and its host. */
    static String key(DecodedEvent event, String host) {
        String uuid = event.event().uuid();
        if (uuid != null && !uuid.isBlank()) {
            return "uuid " + uuid;
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(host.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return Base64.getEncoder().encodeToString(digest.digest(event.bytes()));
        } catch (NoSuchAlgorithmException noJdk) {
            throw new IllegalStateException("every JDK has SHA-256", noJdk);
        }
    }
}
