package io.github.falcogateway.sink.discord;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** When the next message may go: what Discord asked for, and its unannounced limit. Confined to one event loop. */
final class Pace {

    private final LongSupplier nanos;
    private final Deque<Long> sent = new ArrayDeque<>();
    private long readyAt;

    /** @param nanos a clock as {@link System#nanoTime} */
    Pace(LongSupplier nanos) {
        this.nanos = nanos;
        readyAt = nanos.getAsLong();
    }

    /** How long to wait before the next message; zero for not at all. */
    Duration pause() {
        long now = nanos.getAsLong();
        while (!sent.isEmpty() && now - sent.getFirst() >= Limits.WINDOW.toNanos()) {
            sent.removeFirst();
        }
        long wait = readyAt - now;
        if (sent.size() >= Limits.MESSAGES_PER_WINDOW) {
            wait = Math.max(wait, sent.getFirst() + Limits.WINDOW.toNanos() - now);
        }
        return Duration.ofNanos(Math.max(0, wait));
    }

    /** A message goes out now; a refused one counts as well. */
    void sent() {
        sent.addLast(nanos.getAsLong());
    }

    /** Nothing goes out for this long. */
    void waitFor(Duration time) {
        readyAt = Math.max(readyAt, nanos.getAsLong() + time.toNanos());
    }
}
