package io.github.falcogateway.ingest.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Collects the body of one request within its limit. What goes beyond is read and thrown away, so that the sender gets
 * its answer instead of a broken connection. Confined to one event loop.
 */
final class BodyCollector implements Handler<Buffer> {

    private final int limit;
    private final List<Buffer> chunks = new ArrayList<>(1);
    private long size;

    private BodyCollector(int limit) {
        this.limit = limit;
    }

    /** Collects; {@code done} gets the collector once the request has ended. */
    static void collect(HttpServerRequest request, int limit, Consumer<BodyCollector> done) {
        BodyCollector collector = new BodyCollector(limit);
        request.handler(collector);
        request.endHandler(end -> done.accept(collector));
    }

    @Override
    public void handle(Buffer chunk) {
        if (size < limit) {
            chunks.add(chunk);
        }
        size += chunk.length();
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
}
