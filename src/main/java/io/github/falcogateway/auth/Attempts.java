package io.github.falcogateway.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Failed logins by address: after some of them within a minute it waits. Thread-safe. */
public final class Attempts {

    private static final int ALLOWED = 10;

    private final Cache<String, AtomicInteger> failures = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(1))
            .maximumSize(10_000)
            .build();

    /** Whether an address has failed too often just now. */
    public boolean tooMany(String address) {
        AtomicInteger count = failures.getIfPresent(address);
        return count != null && count.get() >= ALLOWED;
    }

    public void failed(String address) {
        failures.get(address, none -> new AtomicInteger()).incrementAndGet();
    }
}
