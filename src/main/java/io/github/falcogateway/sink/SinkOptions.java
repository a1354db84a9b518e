package io.github.falcogateway.sink;

import java.time.Duration;

/**
 * What every sink can be told. Immutable.
 *
 * @param timeout how long one delivery may take
 * @param retryMin the first wait after a fault
 * @param retryMax the longest wait after a fault, unless the receiver asks for longer
 * @param maxAge events older than this go to the dead letters instead of being tried again
 * @param batch the most events handed over at once
 */
public record SinkOptions(Duration timeout, Duration retryMin, Duration retryMax, Duration maxAge, int batch) {

    /** Five seconds, 200 ms to 10 s, 24 hours, 500 events. */
    public static SinkOptions defaults() {
        return new SinkOptions(
                Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ofHours(24), 500);
    }

    /** The same, but for how many events are handed over at once. */
    public SinkOptions withBatch(int events) {
        return new SinkOptions(timeout, retryMin, retryMax, maxAge, events);
    }
}
