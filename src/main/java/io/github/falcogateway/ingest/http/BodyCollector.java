package io.github.falcogateway.ingest.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Collects the body of one request within its limit. What goes beyond is read and thrown away for a while, so that the
 * sender gets its answer instead of a broken connection. A body that stops in the middle is answered 408. Confined to
 * one event loop.
 */
final class BodyCollector implements Handler<Buffer> {

    private static final long STALLED_MS = 60_000;
    private static final int PATIENCE = 16;

    private final HttpServerRequest request;
    private final int limit;
    private final Consumer<BodyCollector> done;
    private final List<Buffer> chunks = new ArrayList<>(1);
    private long size;
    private long timer = -1;
    private boolean ended;

    private BodyCollector(HttpServerRequest request, int limit, Consumer<BodyCollector> done) {
        this.request = request;
        this.limit = limit;
        this.done = done;
    }

    /** Collects; {@code done} gets the collector once the request has ended, or is not worth waiting for. */
    static void collect(Vertx vertx, HttpServerRequest request, int limit, Consumer<BodyCollector> done) {
        BodyCollector collector = new BodyCollector(request, limit, done);
        request.handler(collector);
        request.endHandler(end -> collector.end(vertx));
        request.exceptionHandler(broken -> vertx.cancelTimer(collector.timer));
        if (!request.isEnded()) {
            // Most bodies come with their head; the clock is for those that do not.
            vertx.runOnContext(later -> collector.watch(vertx, -1));
        }
    }

    @Override
    public void handle(Buffer chunk) {
        if (size < limit) {
            chunks.add(chunk);
        }
        size += chunk.length();
        if (size > (long) limit * PATIENCE && !ended) {
            ended = true;
            request.response().putHeader("Connection", "close");
            done.accept(this);
        }
    }

    /** Whether there was more than the limit. */
    boolean tooLarge() {
        return size > limit;
    }

    /** The body up to its limit. */
    byte[] bytes() {
        if (chunks.size() == 1 && !tooLarge()) {
            return chunks.get(0).getBytes();
        }
        byte[] body = new byte[(int) Math.min(size, limit)];
        int at = 0;
        for (Buffer chunk : chunks) {
            int length = Math.min(chunk.length(), body.length - at);
            chunk.getBytes(0, length, body, at);
            at += length;
        }
        return body;
    }

    private void end(Vertx vertx) {
        vertx.cancelTimer(timer);
        if (!ended) {
            ended = true;
            done.accept(this);
        }
    }

    private void watch(Vertx vertx, long sizeBefore) {
        if (ended || request.isEnded()) {
            return;
        }
        if (size == sizeBefore) {
            ended = true;
            request.response().putHeader("Connection", "close");
            Problem.send(request.response(), 408, "request timeout", "the body stopped coming");
            request.connection().close();
            return;
        }
        long seen = size;
        timer = vertx.setTimer(STALLED_MS, late -> watch(vertx, seen));
    }
}
