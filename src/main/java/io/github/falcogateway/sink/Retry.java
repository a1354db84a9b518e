package io.github.falcogateway.sink;

import io.github.falcogateway.retry.Backoff;
import io.vertx.core.Vertx;
import java.time.Duration;

/** When a sink that failed tries again: as the receiver asked, else ever later. Confined to one event loop. */
final class Retry {

    private static final long POKE_NANOS = 1_000_000_000;

    private final Backoff backoff;
    private Runnable cancel = () -> {};
    private long poked;

    Retry(SinkOptions options) {
        this.backoff = new Backoff(options.retryMin(), options.retryMax());
    }

    /** Tries again after a fault. */
    void after(Fault fault, Vertx vertx, Runnable again) {
        long wait = backoff.next();
        Duration asked = fault.retryAfter();
        long timer = vertx.setTimer(asked == null ? wait : Math.max(1, asked.toMillis()), fired -> again.run());
        cancel = () -> vertx.cancelTimer(timer);
    }

    /**
     * Whether to try before the time for something urgent: a pause of the sink's own making is for the others. At most
     * once a second.
     */
    boolean poke() {
        if (System.nanoTime() - poked < POKE_NANOS) {
            return false;
        }
        poked = System.nanoTime();
        cancel();
        return true;
    }

    void cancel() {
        cancel.run();
    }

    void reset() {
        backoff.reset();
    }

    /** How many faults came in a row. */
    int faults() {
        return backoff.faults();
    }
}
