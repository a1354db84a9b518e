package io.github.falcogateway.sink.discord;

import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.Fault;
import io.github.falcogateway.sink.HttpPoster;
import io.github.falcogateway.sink.Outcome;
import io.github.falcogateway.telemetry.FaultReason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One batch on its way, message by message in order. Confined to one event loop. */
final class DeliveryRun {

    /** What it waits for within a delivery; a longer wait is the caller's. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Vertx vertx;
    private final Channel channel;
    private final List<Delivery> batch;
    private final Map<Integer, String> refused = new HashMap<>();
    private final Promise<Outcome> outcome = Promise.promise();
    private int done;
    /** Up to here events go one by one, as Discord refused a message with all of them. */
    private int singlyUntil;

    DeliveryRun(Vertx vertx, Channel channel, List<Delivery> batch) {
        this.vertx = vertx;
        this.channel = channel;
        this.batch = batch;
    }

    Future<Outcome> start() {
        next();
        return outcome.future();
    }

    private void next() {
        if (done == batch.size()) {
            end(null);
            return;
        }
        Duration pause = channel.pace().pause();
        if (pause.compareTo(PATIENCE) > 0) {
            end(Fault.wait(FaultReason.RATE_LIMITED, "the next message is not due yet", pause));
        } else if (!pause.isZero()) {
            vertx.setTimer(pause.toMillis() + 1, timer -> next());
        } else {
            send();
        }
    }

    private void send() {
        int most = done < singlyUntil ? 1 : Limits.EMBEDS;
        Future.succeededFuture()
                .map(start -> Parcel.pack(batch.subList(done, batch.size()), most, channel.mentions()))
                .compose(parcel -> channel.post(parcel.message()).map(verdict -> settled(verdict, parcel.events())))
                .otherwise(failure -> end(HttpPoster.fault(failure)))
                .onSuccess(more -> {
                    if (more) {
                        next();
                    }
                });
    }

    private boolean settled(Verdict verdict, int events) {
        if (verdict instanceof Verdict.Stopped stopped) {
            return end(stopped.fault());
        }
        if (verdict instanceof Verdict.Refused refusal) {
            if (events > 1) {
                singlyUntil = done + events;
                return true;
            }
            refused.put(done, refusal.why());
        }
        done += events;
        return true;
    }

    /** Ends the run; false, as there is nothing more to send. */
    private boolean end(@Nullable Fault fault) {
        outcome.complete(new Outcome(done, refused, fault));
        return false;
    }
}
