package io.github.falcogateway.live;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Turns at what is large: so many bytes at a time, or one alone, first come, first served. Thread-safe. */
final class Turns {

    private record Waiting(long bytes, Runnable begin) {}

    private final long most;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long taken;

    /** @param most the bytes of all turns at a time */
    Turns(long most) {
        this.most = most;
    }

    /** Calls back when it is the caller's turn, at once where there is room; on any thread. */
    void ask(long bytes, Runnable begin) {
        synchronized (this) {
            waiting.add(new Waiting(bytes, begin));
        }
        next();
    }

    /** A turn at so many bytes is over. */
    void end(long bytes) {
        synchronized (this) {
            taken -= bytes;
        }
        next();
    }

    private void next() {
        for (Waiting one = admit(); one != null; one = admit()) {
            one.begin().run();
        }
    }

    private synchronized @Nullable Waiting admit() {
        Waiting first = waiting.peek();
        if (first == null || taken > 0 && taken + first.bytes() > most) {
            return null;
        }
        taken += first.bytes();
        return waiting.remove();
    }
}
