package io.github.falcogateway.sink;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a sink does, one step at a time. Confined to one event loop. */
final class Steps {

    private final Consumer<@Nullable Throwable> ended;
    private boolean busy;
    private @Nullable Promise<Void> idle;

    /** @param ended told after each step, with what it failed by */
    Steps(Consumer<@Nullable Throwable> ended) {
        this.ended = ended;
    }

    boolean isBusy() {
        return busy;
    }

    void run(Supplier<Future<Void>> step) {
        busy = true;
        // A step that throws is a step that failed: the sink must not stand still for it.
        Future.<Void>future(promise -> step.get().onComplete(promise)).onComplete(result -> {
            busy = false;
            ended.accept(result.cause());
            if (idle != null) {
                idle.tryComplete();
            }
        });
    }

    /** Done when the step that runs is, or the time is over. */
    Future<Void> idle(Duration most) {
        if (!busy) {
            return Future.succeededFuture();
        }
        Promise<Void> promise = Promise.promise();
        idle = promise;
        return promise.future().timeout(most.toMillis(), TimeUnit.MILLISECONDS).otherwiseEmpty();
    }
}
