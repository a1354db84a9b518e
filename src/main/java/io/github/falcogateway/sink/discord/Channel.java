package io.github.falcogateway.sink.discord;

import io.github.falcogateway.sink.HttpPoster;
import io.github.falcogateway.telemetry.FaultReason;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** The way to one webhook: how messages are written, posted and spaced. Confined to one event loop. */
record Channel(Look look, EventEmbed embeds, MessageWriter writer, HttpPoster poster, Pace pace, Caution caution) {

    /** Posts one message now and judges the answer; what the answer says about limits counts from here on. */
    Future<Verdict> post(Parcel parcel) {
        byte[] json = writer.write(parcel.message());
        pace.sent(parcel.urgent());
        return poster.post(Buffer.buffer(json)).map(Reply::of).map(this::heard);
    }

    private Verdict heard(Reply reply) {
        pace.waitFor(reply.bucketWait());
        Verdict verdict = Verdict.of(reply);
        if (verdict instanceof Verdict.Taken) {
            learn(reply);
        } else if (verdict instanceof Verdict.Stopped stopped && stopped.fault().retryAfter() != null) {
            Duration wait = stopped.fault().retryAfter();
            if (Verdict.isOfTheAddress(reply)) {
                pace.waitEverywhere(wait);
            } else if (stopped.fault().reason() == FaultReason.RATE_LIMITED) {
                pace.waitForChannel(wait);
            } else {
                pace.waitFor(wait);
            }
        }
        return verdict;
    }

    private void learn(Reply reply) {
        JsonObject message = reply.json();
        if (message != null && message.getValue("channel_id") instanceof String id) {
            pace.learned(id);
        }
    }
}
