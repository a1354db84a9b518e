package io.github.falcogateway.sink;

import io.github.falcogateway.journal.Limit;
import java.time.Duration;
import java.util.List;

/**
 * What every sink can be told. Immutable.
 *
 * @param timeout how long one delivery may take
 * @param retryMin the first wait after a fault
 * @param retryMax the longest wait after a fault, unless the receiver asks for longer
 * @param maxAge events older than this go to the dead letters instead of being tried again
 * @param batch the most that is handed over at once
 */
public record SinkOptions(Duration timeout, Duration retryMin, Duration retryMax, Duration maxAge, Limit batch) {

    /** Many requests at a time share what is held in memory for so many. */
    private static final int WHOLE_REQUESTS = 8;

    /** Five seconds, 200 ms to 10 s, 24 hours, 500 events. */
    public static SinkOptions defaults() {
        return new SinkOptions(
                Duration.ofSeconds(5),
                Duration.ofMillis(200),
                Duration.ofSeconds(10),
                Duration.ofHours(24),
                batch(500));
    }

    /**
     * So many events, or a million bytes: as lines they stay below the 1 MiB that receivers and the proxies before them
     * take, and that they do not have to hold more of at once than of single events.
     *
     * @see <a href="https://nginx.org/en/docs/http/ngx_http_core_module.html#client_max_body_size">nginx: 1 MiB</a>
     */
    public static Limit batch(int events) {
        return new Limit(events, 1_000_000);
    }

    /** The first deliveries that go into one batch of so many events. */
    public static List<Delivery> first(List<Delivery> all, int events) {
        return batch(events).first(all, Delivery::size);
    }

    /** The same, but for handing over at once what goes into several requests. */
    public SinkOptions inParallel(int requests) {
        Limit several = new Limit(batch.events() * requests, batch.bytes() * Math.min(requests, WHOLE_REQUESTS));
        return new SinkOptions(timeout, retryMin, retryMax, maxAge, several);
    }
}
