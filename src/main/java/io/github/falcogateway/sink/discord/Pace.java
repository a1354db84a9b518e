package io.github.falcogateway.sink.discord;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** When the next message may go: what Discord asked for, and its unannounced limit. Confined to one event loop. */
final class Pace {

    /** After so many quick messages the rest of the window is spread: each message then holds more. */
    private static final int QUICK = 3;

    private final LongSupplier nanos;
    private final Deque<Long> sent = new ArrayDeque<>();
    private final int perWindow;
    private long readyAt;

    /**
     * A pace.
     *
     * @param nanos a clock as {@link System#nanoTime}
     * @param perWindow the most messages in a window
     */
    Pace(LongSupplier nanos, int perWindow) {
        this.perWindow = perWindow;
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
        if (sent.size() >= perWindow) {
            wait = Math.max(wait, sent.getFirst() + Limits.WINDOW.toNanos() - now);
        }
        if (sent.size() >= QUICK) {
            wait = Math.max(wait, sent.getLast() + Limits.WINDOW.toNanos() / perWindow - now);
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
