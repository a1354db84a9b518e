package io.github.falcogateway.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Logins by address: after some that failed, or are still being looked at, within a minute it waits. So that guessing is
 * slow, and hashing for a guesser keeps nobody else waiting. Thread-safe.
 */
public final class Attempts {

    /** The seconds to come again after. */
    public static final String RETRY_SECONDS = "60";

    private static final int ALLOWED = 10;

    private final Cache<String, AtomicInteger> failures = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(1))
            .maximumSize(10_000)
            .build();

    /** Whether the address may try; it counts as failed until {@link #succeeded}. */
    public boolean begin(String address) {
        AtomicInteger count = failures.get(network(address), none -> new AtomicInteger());
        return count.getAndUpdate(before -> Math.min(ALLOWED, before + 1)) < ALLOWED;
    }

    /** The attempt was no guess. */
    public void succeeded(String address) {
        AtomicInteger count = failures.getIfPresent(network(address));
        if (count != null) {
            count.updateAndGet(before -> Math.max(0, before - 1));
        }
    }

    /** Of IPv6 the network that one customer has: the addresses in it are without number. */
    private static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        int at = -1;
        for (int group = 0; group < 4; group++) {
            int colon = address.indexOf(':', at + 1);
            if (colon < 0) {
                return address;
            }
            at = colon;
        }
        return address.substring(0, at);
    }
}
