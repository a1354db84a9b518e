package io.github.falcogateway.sink.discord;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Posts messages over one connection, redirects not followed. Confined to one event loop. */
final class Poster {

    /** More than any answer of Discord's needs; what is beyond is read and forgotten. */
    private static final int ANSWER_BYTES = 64 * 1024;

    private static final int KEEP_ALIVE_SECONDS = 30;

    private final HttpClient client;
    private final RequestOptions request;
    private final Duration timeout;

    Poster(Vertx vertx, Webhook webhook, Duration timeout) {
        this.timeout = timeout;
        client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout((int) Math.min(timeout.toMillis(), Integer.MAX_VALUE))
                        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS),
                new PoolOptions().setHttp1MaxSize(1));
        request = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(webhook.host())
                .setPort(webhook.port())
                .setSsl(webhook.tls())
                .setURI(webhook.requestUri().reveal())
                .setFollowRedirects(false)
                .putHeader("Content-Type", "application/json")
                .putHeader("User-Agent", userAgent());
    }

    /** Posts one message; fails where no answer comes in time. */
    Future<Reply> post(byte[] message) {
        Future<HttpClientRequest> opened = client.request(request);
        return opened.compose(post -> post.send(Buffer.buffer(message)).compose(Poster::read))
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(failure -> opened.onSuccess(HttpClientRequest::reset));
    }

    Future<Void> close() {
        return client.close();
    }

    private static Future<Reply> read(HttpClientResponse response) {
        Buffer body = Buffer.buffer();
        response.handler(part -> {
            int room = ANSWER_BYTES - body.length();
            body.appendBuffer(part, 0, Math.min(room, part.length()));
        });
        return response.end().map(end -> new Reply(response.statusCode(), response.headers(), body.toString()));
    }

    /** The form Discord asks for: https://docs.discord.com/developers/reference#user-agent. */
    private static String userAgent() {
        String version = Objects.requireNonNullElse(Poster.class.getPackage().getImplementationVersion(), "dev");
        return "DiscordBot (https://github.com/falco-gateway/falco-gateway, " + version + ")";
    }
}
