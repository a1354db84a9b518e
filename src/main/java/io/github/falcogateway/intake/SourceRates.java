package io.github.falcogateway.intake;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How fast one source may send: a bucket of one second's events for each address. A batch may overdraw it, so that no
 * batch is too large for ever; what it overdrew is waited for. Thread-safe.
 */
final class SourceRates {

    /** Addresses remembered at once; a bucket that is full again says no more than none at all. */
    private static final int REMEMBERED = 10_000;

    private static final double NANOS = 1e9;

    private final double perSecond;
    private final double burst;
    private final LongSupplier nanos;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    private record Bucket(double tokens, long at) {}

    /**
     * The rates.
     *
     * @param perSecond events a second for one source; 0 for no limit
     * @param nanos a clock that only goes forward
     */
    SourceRates(double perSecond, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.burst = Math.max(1, perSecond);
        this.nanos = nanos;
    }

    /** The seconds until this source may send again; 0 where it may now. */
    int secondsToWait(String source) {
        if (perSecond <= 0) {
            return 0;
        }
        Bucket bucket = buckets.get(source);
        double tokens = bucket == null ? burst : filled(bucket, nanos.getAsLong());
        return tokens >= 1 ? 0 : (int) Math.max(1, Math.ceil((1 - tokens) / perSecond));
    }

    /** Counts what a source sent. */
    void count(String source, int events) {
        if (perSecond <= 0) {
            return;
        }
        long now = nanos.getAsLong();
        if (buckets.size() >= REMEMBERED) {
            forgetFull(now);
        }
        buckets.compute(
                source, (address, bucket) -> new Bucket((bucket == null ? burst : filled(bucket, now)) - events, now));
    }

    private double filled(Bucket bucket, long now) {
        return Math.min(burst, bucket.tokens() + (now - bucket.at()) / NANOS * perSecond);
    }

    private void forgetFull(long now) {
        Iterator<Bucket> all = buckets.values().iterator();
        while (all.hasNext()) {
            if (filled(all.next(), now) >= burst) {
                all.remove();
            }
        }
    }
}
