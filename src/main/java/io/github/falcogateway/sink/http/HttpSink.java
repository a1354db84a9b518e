package io.github.falcogateway.sink.http;

import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.Fault;
import io.github.falcogateway.sink.HttpPoster;
import io.github.falcogateway.sink.HttpTarget;
import io.github.falcogateway.sink.Outcome;
import io.github.falcogateway.sink.Sink;
import io.github.falcogateway.sink.SinkOptions;
import io.github.falcogateway.telemetry.FaultReason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Posts events on: in their order, or with several requests at a time in the order of each host. Confined to one event loop. */
public final class HttpSink implements Sink {

    private final Vertx vertx;
    private final HttpOptions options;
    private final Body body;
    private @Nullable Exchange exchange;
    private @Nullable Lanes lanes;

    public HttpSink(Vertx vertx, HttpOptions options) {
        this.vertx = vertx;
        this.options = options;
        this.body = new Body(options);
    }

    @Override
    public Future<Void> open() {
        if (exchange == null) {
            RequestOptions request = HttpTarget.request(options.url().reveal(), HttpMethod.valueOf(options.method()))
                    .putHeader("Content-Type", body.contentType());
            if (options.gzip()) {
                request.putHeader("Content-Encoding", "gzip");
            }
            if (options.durable()) {
                request.putHeader("Falco-Gateway-Durability", "required");
            }
            options.headers().forEach((name, value) -> request.putHeader(name, value.reveal()));
            HttpPoster poster = new HttpPoster(vertx, request, options.tls(), options.timeout(), options.concurrency());
            Exchange opened = new Exchange(vertx, options, body, poster);
            exchange = opened;
            lanes = new Lanes(opened, options.concurrency(), options.batch());
        }
        return Future.succeededFuture();
    }

    @Override
    public Future<Outcome> deliver(List<Delivery> batch) {
        Exchange one = exchange;
        if (one == null || lanes == null) {
            return Future.succeededFuture(
                    Outcome.stopped(0, Fault.passing(FaultReason.INTERNAL, "the sink is not open")));
        }
        return options.concurrency() > 1 ? lanes.deliver(batch) : one.send(SinkOptions.first(batch, options.batch()));
    }

    @Override
    public Future<Void> close() {
        Exchange open = exchange;
        exchange = null;
        lanes = null;
        return open == null ? Future.succeededFuture() : open.close();
    }
}
