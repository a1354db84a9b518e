package io.github.falcogateway.sink.http;

import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.Fault;
import io.github.falcogateway.sink.HttpPoster;
import io.github.falcogateway.sink.HttpReply;
import io.github.falcogateway.sink.HttpTarget;
import io.github.falcogateway.sink.Outcome;
import io.github.falcogateway.sink.Sink;
import io.github.falcogateway.telemetry.FaultReason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Posts events on, one request at a time, in their order. Confined to one event loop. */
public final class HttpSink implements Sink {

    /** Larger bodies take longer to compress than an event loop may be busy. */
    private static final int OFF_LOOP = 20;

    private final Vertx vertx;
    private final HttpOptions options;
    private final Body body;
    private @Nullable HttpPoster poster;

    public HttpSink(Vertx vertx, HttpOptions options) {
        this.vertx = vertx;
        this.options = options;
        this.body = new Body(options);
    }

    @Override
    public Future<Void> open() {
        if (poster == null) {
            RequestOptions request = HttpTarget.request(options.url().reveal(), HttpMethod.valueOf(options.method()))
                    .putHeader("Content-Type", body.contentType());
            if (options.gzip()) {
                request.putHeader("Content-Encoding", "gzip");
            }
            if (options.durable()) {
                request.putHeader("Falco-Gateway-Durability", "required");
            }
            options.headers().forEach((name, value) -> request.putHeader(name, value.reveal()));
            poster = new HttpPoster(vertx, request, options.tls(), options.timeout());
        }
        return Future.succeededFuture();
    }

    @Override
    public Future<Outcome> deliver(List<Delivery> batch) {
        HttpPoster to = poster;
        if (to == null) {
            return Future.succeededFuture(
                    Outcome.stopped(0, Fault.passing(FaultReason.INTERNAL, "the sink is not open")));
        }
        List<Delivery> sent = batch.subList(0, Math.min(batch.size(), options.batch()));
        return write(sent)
                .compose(to::post)
                .compose(reply -> judge(to, sent, reply))
                .otherwise(failure -> Outcome.stopped(0, HttpPoster.fault(failure)));
    }

    @Override
    public Future<Void> close() {
        HttpPoster open = poster;
        poster = null;
        return open == null ? Future.succeededFuture() : open.close();
    }

    private Future<Buffer> write(List<Delivery> sent) {
        return sent.size() > OFF_LOOP && options.gzip()
                ? vertx.executeBlocking(() -> body.of(sent), false)
                : Future.succeededFuture(body.of(sent));
    }

    private Future<Outcome> judge(HttpPoster to, List<Delivery> sent, HttpReply reply) {
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
        return halves(to, sent);
    }

    /** The receiver refuses the body and does not say which event: the half without it goes through. */
    private Future<Outcome> halves(HttpPoster to, List<Delivery> sent) {
        int middle = sent.size() / 2;
        List<Delivery> first = sent.subList(0, middle);
        List<Delivery> second = sent.subList(middle, sent.size());
        return part(to, first).compose(one -> {
            if (one.fault() != null) {
                return Future.succeededFuture(one);
            }
            return part(to, second).map(two -> {
                Map<Integer, String> refused = new HashMap<>(one.refused());
                two.refused().forEach((index, why) -> refused.put(middle + index, why));
                return new Outcome(middle + two.done(), refused, two.fault());
            });
        });
    }

    private Future<Outcome> part(HttpPoster to, List<Delivery> part) {
        return to.post(body.of(part))
                .compose(reply -> judge(to, part, reply))
                .otherwise(failure -> Outcome.stopped(0, HttpPoster.fault(failure)));
    }

    /** Another gateway says which events of a batch are none; the others it has. */
    private static Map<Integer, String> refusedByIndex(HttpReply reply, int events) {
        Map<Integer, String> refused = new HashMap<>();
        try {
            JsonArray rejected = new JsonObject(reply.body()).getJsonArray("rejected", new JsonArray());
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
