package io.github.falcogateway.ingest.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** Lets some things go on at once; the others wait for their turn. Thread-safe. */
final class Turns {

    private final int atOnce;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int running;

    Turns(int atOnce) {
        this.atOnce = atOnce;
    }

    /** Begins when its turn comes, on whatever thread that is; done when it is. */
    <T> Future<T> take(Supplier<Future<T>> task) {
        Promise<T> done = Promise.promise();
        Runnable turn = () -> task.get().onComplete(result -> {
            next();
            done.handle(result);
        });
        if (begins(turn)) {
            turn.run();
        }
        return done.future();
    }

    private synchronized boolean begins(Runnable turn) {
        if (running < atOnce) {
            running++;
            return true;
        }
        waiting.add(turn);
        return false;
    }

    private void next() {
        Runnable turn;
        synchronized (this) {
            turn = waiting.poll();
            running -= turn == null ? 1 : 0;
        }
        if (turn != null) {
            turn.run();
        }
    }
}
