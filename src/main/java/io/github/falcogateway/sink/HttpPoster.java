package io.github.falcogateway.sink;

import io.github.falcogateway.telemetry.FaultReason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends requests over one connection or a few, redirects not followed. Confined to one event loop. */
public final class HttpPoster {

    /** More than any answer needs; what is beyond is read and forgotten. */
    private static final int ANSWER_BYTES = 64 * 1024;

    private static final int KEEP_ALIVE_SECONDS = 30;

    private final HttpClient client;
    private final RequestOptions request;
    private final Duration timeout;

    /**
     * A poster to one address.
     *
     * @param request method, host, path and headers of every request
     * @param timeout from connecting to the last byte of the answer
     */
    public HttpPoster(Vertx vertx, RequestOptions request, ClientTls tls, Duration timeout) {
        this(vertx, request, tls, timeout, 1);
    }

    /** A poster to one address over up to so many connections. */
    public HttpPoster(Vertx vertx, RequestOptions request, ClientTls tls, Duration timeout, int connections) {
        this.timeout = timeout;
        this.request = request.setFollowRedirects(false);
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout((int) Math.min(timeout.toMillis(), Integer.MAX_VALUE))
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS);
        if (request.isSsl()) {
            request.setSslOptions(tls.options());
        }
        client = vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions().setHttp1MaxSize(connections))
                // What cuts a connection fails its request, which is told; unheard it would be an error in the log too.
                .withConnectHandler(connection -> connection.exceptionHandler(cut -> {}))
                .build();
    }

    /** Sends one body; fails where no answer comes in time. */
    public Future<HttpReply> post(Buffer body) {
        return post(body, Map.of());
    }

    /** Sends one body with headers of its own. */
    public Future<HttpReply> post(Buffer body, Map<String, String> headers) {
        RequestOptions mine = headers.isEmpty() ? request : new RequestOptions(request);
        headers.forEach(mine::putHeader);
        Future<HttpClientRequest> opened = client.request(mine);
        return opened.compose(post -> post.send(body).compose(HttpPoster::read).recover(HttpPoster::unread))
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(failure -> opened.onSuccess(HttpClientRequest::reset));
    }

    public Future<Void> close() {
        return client.close();
    }

    /** What reads the answer throws its own where the bytes are none, as those of an SSH server. */
    private static Future<HttpReply> unread(Throwable failure) {
        return Future.failedFuture(
                failure instanceof IllegalArgumentException ? new ProtocolException("no HTTP") : failure);
    }

    /** A failed request in words of our own: a client's message may hold the address. */
    public static Fault fault(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return Fault.passing(FaultReason.TIMEOUT, "no answer in time");
        }
        String tls = TlsFault.of(failure);
        if (tls != null) {
            return Fault.passing(FaultReason.UNREACHABLE, tls);
        }
        if (failure instanceof UnknownHostException) {
            return Fault.passing(FaultReason.UNREACHABLE, "the name service has no address for the receiver's name");
        }
        if (failure instanceof ProtocolException) {
            return Fault.passing(FaultReason.UNREACHABLE, "what listens there speaks no HTTP");
        }
        if (failure instanceof IOException || failure instanceof VertxException) {
            return Fault.passing(FaultReason.UNREACHABLE, "no connection, or it was cut");
        }
        return Fault.passing(FaultReason.INTERNAL, failure.getClass().getSimpleName());
    }

    /** The version that a User-Agent names. */
    public static String version() {
        return Objects.requireNonNullElse(HttpPoster.class.getPackage().getImplementationVersion(), "dev");
    }

    private static Future<HttpReply> read(HttpClientResponse response) {
        Buffer body = Buffer.buffer();
        response.handler(part -> {
            int room = ANSWER_BYTES - body.length();
            body.appendBuffer(part, 0, Math.min(room, part.length()));
        });
        return response.end().map(end -> new HttpReply(response.statusCode(), response.headers(), body.toString()));
    }
}
