package io.github.falcogateway.sink.http;

import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.Fault;
import io.github.falcogateway.sink.HttpPoster;
import io.github.falcogateway.sink.HttpReply;
import io.github.falcogateway.sink.HttpTarget;
import io.github.falcogateway.sink.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sends events in one request and reads out of the answer what became of each. Confined to one event loop. */
final class Exchange {

    /** Larger bodies take longer to compress than an event loop may be busy. */
    private static final int OFF_LOOP = 20;

    private final Vertx vertx;
    private final HttpOptions options;
    private final Body body;
    private final HttpPoster poster;

    Exchange(Vertx vertx, HttpOptions options, Body body, HttpPoster poster) {
        this.vertx = vertx;
        this.options = options;
        this.body = body;
        this.poster = poster;
    }

    Future<Outcome> send(List<Delivery> sent) {
        return write(sent)
                .compose(poster::post)
                .compose(reply -> judge(sent, reply))
                .otherwise(failure -> Outcome.stopped(0, HttpPoster.fault(failure)));
    }

    Future<Void> close() {
        return poster.close();
    }

    private Future<Buffer> write(List<Delivery> sent) {
        return sent.size() > OFF_LOOP && options.gzip()
                ? vertx.executeBlocking(() -> body.of(sent), false)
                : Future.succeededFuture(body.of(sent));
    }

    private Future<Outcome> judge(List<Delivery> sent, HttpReply reply) {
        Fault fault = HttpTarget.fault(reply);
        if (fault != null) {
            return Future.succeededFuture(Outcome.stopped(0, fault));
        }
        if (reply.isOk()) {
            return Future.succeededFuture(Outcome.delivered(sent));
        }
        Map<Integer, String> refused = refusedByIndex(reply, sent.size());
        if (sent.size() == 1 || !refused.isEmpty()) {
            Map<Integer, String> why = refused.isEmpty() ? Map.of(0, "status " + reply.status()) : refused;
            return Future.succeededFuture(new Outcome(sent.size(), why, null));
        }
        return halves(sent);
    }

    /** The receiver refuses the body and does not say which event: the half without it goes through. */
    private Future<Outcome> halves(List<Delivery> sent) {
        int middle = sent.size() / 2;
        return send(sent.subList(0, middle)).compose(one -> {
            if (one.fault() != null) {
                return Future.succeededFuture(one);
            }
            return send(sent.subList(middle, sent.size())).map(two -> {
                Map<Integer, String> refused = new HashMap<>(one.refused());
                two.refused().forEach((index, why) -> refused.put(middle + index, why));
                return new Outcome(middle + two.done(), refused, two.fault());
            });
        });
    }

    /**
     * Another gateway says which events of a batch are none; the others it has where it counts them. Where it does not, as
     * of a batch with more events than it takes, its word is about the body.
     */
    private static Map<Integer, String> refusedByIndex(HttpReply reply, int events) {
        Map<Integer, String> refused = new HashMap<>();
        try {
            JsonObject answer = new JsonObject(reply.body());
            JsonArray rejected = answer.getJsonArray("rejected", new JsonArray());
            if (answer.getInteger("accepted", 0) + rejected.size() != events) {
                return refused;
            }
            for (int i = 0; i < rejected.size(); i++) {
                int index = rejected.getJsonObject(i).getInteger("index", -1);
                if (index >= 0 && index < events) {
                    refused.put(index, "status " + reply.status() + ": the receiver says it is no event");
                }
            }
        } catch (DecodeException | ClassCastException | NullPointerException noGateway) {
            refused.clear();
        }
        return refused;
    }
}
