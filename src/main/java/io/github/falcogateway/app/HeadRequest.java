package io.github.falcogateway.app;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.internal.http.HttpServerRequestWrapper;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A HEAD as the GET that it asks about: the same answer, which ends where its body would begin. Over HTTP/2 Vert.x would
 * send that body, and the client gives up the stream. Confined to one event loop.
 */
final class HeadRequest extends HttpServerRequestWrapper {

    private final HttpServerResponse bodiless;

    HeadRequest(HttpServerRequest head) {
        super((HttpServerRequestInternal) head);
        HttpServerResponse whole = head.response();
        bodiless = (HttpServerResponse) Proxy.newProxyInstance(
                HttpServerResponse.class.getClassLoader(),
                new Class<?>[] {HttpServerResponse.class},
                (self, method, arguments) -> answer((HttpServerResponse) self, whole, method, arguments));
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.GET;
    }

    @Override
    public HttpServerResponse response() {
        return bodiless;
    }

    private static @Nullable Object answer(
            HttpServerResponse self, HttpServerResponse whole, Method method, Object @Nullable [] arguments)
            throws Throwable {
        return switch (method.getName()) {
            case "end" -> end(whole, arguments == null ? null : arguments[0]);
            case "write", "send", "sendFile" -> end(whole, null);
            // What follows the head has nowhere to go: to whoever would write on, the client has left.
            case "closed" -> whole.closed() || whole.ended();
            case "writeQueueFull" -> false;
            default -> {
                Object result = invoke(whole, method, arguments);
                yield result == whole ? self : result;
            }
        };
    }

    private static Future<Void> end(HttpServerResponse whole, @Nullable Object body) {
        if (whole.ended() || whole.closed()) {
            return Future.succeededFuture();
        }
        if (body != null && !whole.isChunked() && !whole.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
            int length = body instanceof Buffer buffer
                    ? buffer.length()
                    : body.toString().getBytes(StandardCharsets.UTF_8).length;
            whole.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(length));
        }
        return whole.end();
    }

    private static @Nullable Object invoke(HttpServerResponse whole, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(whole, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getTargetException();
        }
    }
}
