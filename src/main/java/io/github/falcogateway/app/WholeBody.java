package io.github.falcogateway.app;

import io.github.falcogateway.ingest.http.Problem;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Reads the body of a request as it is, whatever its type is said to be: {@code curl -d} says that JSON is a form, and
 * Vert.x refuses a form for a percent sign or a long text in it. Immutable.
 */
final class WholeBody implements Handler<RoutingContext> {

    private static final String KEY = WholeBody.class.getName();

    private final int most;

    /** @param most bytes of a body; a larger one is answered 413 */
    WholeBody(int most) {
        this.most = most;
    }

    /** What was read. */
    static Buffer of(RoutingContext ctx) {
        return ctx.get(KEY);
    }

    @Override
    public void handle(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        Buffer body = Buffer.buffer();
        request.handler(part -> {
            // Of one that is too large the rest is read and forgotten: the answer comes behind it.
            if (body.length() <= most) {
                body.appendBuffer(part);
            }
        });
        request.endHandler(end -> {
            if (body.length() > most) {
                Problem.send(ctx.response(), 413, "too large", "the body is larger than " + most + " bytes");
            } else {
                ctx.put(KEY, body);
                ctx.next();
            }
        });
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            ctx.response().writeContinue();
        }
    }
}
