package io.github.falcogateway.sink.discord;

import io.github.falcogateway.sink.HttpPoster;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** The way to one webhook: how messages are written, posted and spaced. Confined to one event loop. */
record Channel(MessageWriter writer, HttpPoster poster, Pace pace, Mentions mentions) {

    /** Posts one message now and judges the answer; what the answer says about limits counts from here on. */
    Future<Verdict> post(Message message) {
        byte[] json = writer.write(message);
        pace.sent();
        return poster.post(Buffer.buffer(json)).map(Reply::of).map(this::heard);
    }

    private Verdict heard(Reply reply) {
        pace.waitFor(reply.bucketWait());
        Verdict verdict = Verdict.of(reply);
        if (verdict instanceof Verdict.Stopped stopped && stopped.fault().retryAfter() != null) {
            pace.waitFor(stopped.fault().retryAfter());
        }
        return verdict;
    }
}
