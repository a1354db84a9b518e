package io.github.falcogateway.sink.discord;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * How many messages a channel got lately, whichever sink sent them: Discord counts them together and shows the limit in no
 * header before it is met. Some of the messages are kept for what is urgent. Thread-safe.
 *
 * @see <a href="https://github.com/discord/discord-api-docs/issues/1454">30 messages a minute for a channel</a>
 */
final class Budget {

    /** After so many quick messages the rest of the window is spread: each message then holds more. */
    private static final int QUICK = 3;

    private static final int RESERVE = 8;

    private record Sent(long at, boolean urgent) {}

    private final LongSupplier nanos;
    private final Deque<Sent> sent = new ArrayDeque<>();
    private long readyAt;

    /** @param nanos a clock as {@link System#nanoTime} */
    Budget(LongSupplier nanos) {
        this.nanos = nanos;
        readyAt = nanos.getAsLong();
    }

    /** How long to wait before the next message; zero for not at all. */
    synchronized Duration pause(boolean urgent, int perWindow) {
        long now = nanos.getAsLong();
        long window = Limits.WINDOW.toNanos();
        while (!sent.isEmpty() && now - sent.getFirst().at() >= window) {
            sent.removeFirst();
        }
        // What is urgent may use everything, the rest leaves some of it.
        int most = urgent ? perWindow : perWindow - Math.min(RESERVE, perWindow / 2);
        long wait = readyAt - now;
        int over = sent.size() - most;
        if (over >= 0) {
            wait = Math.max(wait, at(over) + window - now);
        }
        return Duration.ofNanos(Math.max(0, Math.max(wait, spread(urgent, most, now))));
    }

    /** A message goes out now; a refused one counts as well. */
    synchronized void sent(boolean urgent) {
        sent.addLast(new Sent(nanos.getAsLong(), urgent));
    }

    /** Nothing goes out for this long. */
    synchronized void waitFor(Duration time) {
        readyAt = Math.max(readyAt, nanos.getAsLong() + time.toNanos());
    }

    /** What is urgent keeps a distance to what is urgent alone: it waits for nothing else. */
    private long spread(boolean urgent, int most, long now) {
        int count = 0;
        long last = now;
        for (Sent one : sent) {
            if (!urgent || one.urgent()) {
                count++;
                last = one.at();
            }
        }
        return count < QUICK ? 0 : last + Limits.WINDOW.toNanos() / Math.max(1, most - QUICK) - now;
    }

    private long at(int index) {
        int i = 0;
        for (Sent one : sent) {
            if (i++ == index) {
                return one.at();
            }
        }
        return nanos.getAsLong();
    }
}
