package io.github.falcogateway.sink.discord;

import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.Fault;
import io.github.falcogateway.sink.HttpPoster;
import io.github.falcogateway.sink.Outcome;
import io.github.falcogateway.telemetry.FaultReason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One batch on its way, message by message in order, as far as the limits allow. Confined to one event loop. */
final class DeliveryRun {

    private final Channel channel;
    private final List<Delivery> batch;
    private final boolean urgent;
    private final Map<Integer, String> refused = new HashMap<>();
    private final Promise<Outcome> outcome = Promise.promise();
    private int done;

    DeliveryRun(Channel channel, List<Delivery> batch) {
        this.channel = channel;
        this.batch = batch;
        this.urgent = Parcel.pack(batch, Limits.EMBEDS, channel.embeds(), channel.look())
                .urgent();
    }

    Future<Outcome> start() {
        next();
        return outcome.future();
    }

    private void next() {
        Duration pause = channel.pace().pause(urgent);
        if (done == batch.size() || done > 0 && !pause.isZero()) {
            end(null);
        } else if (!pause.isZero()) {
            end(Fault.wait(FaultReason.RATE_LIMITED, "the next message is not due yet", pause));
        } else {
            send();
        }
    }

    private void send() {
        int most = channel.caution().most();
        Future.succeededFuture()
                .map(start -> Parcel.pack(batch.subList(done, batch.size()), most, channel.embeds(), channel.look()))
                .compose(parcel -> channel.post(parcel).map(verdict -> settled(verdict, parcel.deliveries())))
                .otherwise(failure -> end(HttpPoster.fault(failure)))
                .onSuccess(more -> {
                    if (more) {
                        next();
                    }
                });
    }

    private boolean settled(Verdict verdict, int deliveries) {
        if (verdict instanceof Verdict.Stopped stopped) {
            return end(stopped.fault());
        }
        if (verdict instanceof Verdict.Refused refusal) {
            if (deliveries > 1) {
                channel.caution().of(deliveries);
                return true;
            }
            refused.put(done, refusal.why());
        }
        done += deliveries;
        channel.caution().settled(deliveries);
        return true;
    }

    /** Ends the run; false, as there is nothing more to send. */
    private boolean end(@Nullable Fault fault) {
        outcome.complete(new Outcome(done, refused, fault));
        return false;
    }
}
