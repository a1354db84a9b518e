package io.github.falcogateway.ingest.http;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Collects the body of one request within its limit. What goes beyond is read and thrown away for a while, so that the
 * sender gets its answer instead of a broken connection. A body that stops in the middle, or hardly moves, is answered
 * 408; one that is announced as too large by a sender that waits to be told to go on is answered before it comes. Confined
 * to one event loop but for {@link #held} and {@link #giveUp}.
 */
final class BodyCollector implements Handler<Buffer> {

    private static final long STALLED_MS = 60_000;
    /** The least in that time; an event of Falco's is smaller and has long been there. */
    private static final int LEAST = 16 * 1024;

    private static final int PATIENCE = 16;
    /** So long what is sent all the same is thrown away: a connection closed on it could take the answer with it. */
    private static final long LINGER_MS = 2_000;

    /** Of an announced length so small a part has come before there is room for all of it. */
    private static final int BELIEVED = 8;

    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
    private static final byte[] NOTHING = new byte[0];
    /** What comes at once and is no larger is not worth counting. */
    private static final int SMALL = 16 * 1024;

    private final HttpServerRequest request;
    private final int limit;
    private final BodyMemory memory;
    private final Context context;
    private final Consumer<BodyCollector> done;
    /** What came first, and as a rule alone; what comes after it is put together in {@link #body}. */
    private @Nullable Buffer first;

    private byte[] body = NOTHING;
    private int length;
    private long size;
    private long timer = -1;
    private boolean counted;
    private boolean ended;
    private boolean givenUp;
    private volatile long held;
    private volatile boolean doomed;

    private BodyCollector(
            HttpServerRequest request, int limit, BodyMemory memory, Context context, Consumer<BodyCollector> done) {
        this.request = request;
        this.limit = limit;
        this.memory = memory;
        this.context = context;
        this.done = done;
    }

    /**
     * Collects; {@code done} gets the collector once the request has ended, or is not worth waiting for, and releases
     * it once it is answered.
     */
    static void collect(
            Vertx vertx, HttpServerRequest request, int limit, BodyMemory memory, Consumer<BodyCollector> done) {
        BodyCollector collector = new BodyCollector(request, limit, memory, vertx.getOrCreateContext(), done);
        request.handler(collector);
        request.endHandler(end -> collector.end(vertx));
        request.exceptionHandler(broken -> collector.broken(vertx));
        boolean waits = "100-continue".equalsIgnoreCase(request.getHeader("Expect"));
        if (waits && announced(request) > limit) {
            collector.refuseUnsent(vertx);
            return;
        }
        if (waits) {
            request.response().writeContinue();
        }
        if (!request.isEnded()) {
            // Most bodies come with their head; the clock and the count are for those that do not.
            vertx.runOnContext(later -> collector.comesLater(vertx));
        }
    }

    /** The length that the sender says the body has; 0 where it says none. */
    private static long announced(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return length == null || !LENGTH.matcher(length).matches() ? 0 : Long.parseLong(length);
    }

    @Override
    public void handle(Buffer chunk) {
        if (doomed) {
            leave();
        }
        if (ended) {
            return;
        }
        if (first == null && length == 0) {
            first = chunk;
        } else {
            append(chunk);
        }
        size += chunk.length();
        if (counted) {
            hold();
        }
        if (size > (long) limit * PATIENCE && !ended) {
            finish();
        }
    }

    /** A byte may come alone, and a buffer for each of them would take a hundred times what is counted. */
    private void append(Buffer chunk) {
        Buffer before = first;
        first = null;
        if (before != null) {
            append(before);
        }
        int taken = Math.min(chunk.length(), limit - length);
        if (length + taken > body.length) {
            body = Arrays.copyOf(body, room(length + taken, body.length, announced(request), limit));
        }
        chunk.getBytes(0, taken, body, length);
        length += taken;
    }

    /** Room for all that is announced where enough of it has come to be believed, else for as much again. */
    static int room(int needed, int had, long announced, int limit) {
        boolean believed = announced >= needed && announced / BELIEVED <= needed;
        return (int) Math.min(limit, believed ? announced : Math.max(needed, 2L * had));
    }

    /** Whether there was more than the limit. */
    boolean tooLarge() {
        return size > limit;
    }

    /** Whether it was given up, since all bodies together hold too much. */
    boolean givenUp() {
        return givenUp;
    }

    /** Hands over the body up to its limit; none is here then, so that memory holds it once. */
    byte[] bytes() {
        Buffer alone = first;
        byte[] bytes = alone != null
                ? alone.getBytes(0, Math.min(limit, alone.length()))
                : length == body.length ? body : Arrays.copyOf(body, length);
        first = null;
        body = NOTHING;
        length = 0;
        return bytes;
    }

    /** The beginning of a body that is not kept whole. */
    byte[] beginning() {
        Buffer alone = first;
        return alone != null
                ? alone.getBytes(0, Math.min(SMALL, alone.length()))
                : Arrays.copyOf(body, Math.min(SMALL, length));
    }

    /** The bytes it holds of the memory; from any thread. */
    long held() {
        return held;
    }

    /** Gives it up for others, unless it has ended meanwhile; from any thread. */
    void giveUp(Runnable gone) {
        doomed = true;
        if (Vertx.currentContext() == context) {
            leave();
            gone.run();
        } else {
            context.runOnContext(now -> {
                leave();
                gone.run();
            });
        }
    }

    /** It is answered, and its memory another's. */
    void release() {
        memory.release(held);
        held = 0;
        counted = false;
        first = null;
        body = NOTHING;
        length = 0;
    }

    private void leave() {
        if (!ended) {
            givenUp = true;
            finish();
        }
    }

    private void hold() {
        Buffer alone = first;
        long now = alone == null ? body.length : alone.length();
        long more = now - held;
        held = now;
        memory.hold(more);
    }

    private void comesLater(Vertx vertx) {
        if (ended || request.isEnded()) {
            return;
        }
        counted = true;
        memory.coming(this);
        hold();
        timer = vertx.setTimer(STALLED_MS, late -> watch(vertx, 0));
    }

    private void end(Vertx vertx) {
        uncount(vertx);
        if (!ended) {
            ended = true;
            if (size > SMALL) {
                hold();
            }
            done.accept(this);
        }
    }

    private void broken(Vertx vertx) {
        uncount(vertx);
        if (!ended) {
            ended = true;
            release();
        }
    }

    private void uncount(Vertx vertx) {
        if (counted) {
            vertx.cancelTimer(timer);
            memory.arrived(this);
        }
    }

    private void finish() {
        ended = true;
        memory.arrived(this);
        sayGoodbye();
        done.accept(this);
    }

    /** HTTP/2 knows no such header: a client takes an answer that has it for none. */
    private void sayGoodbye() {
        if (request.version() != HttpVersion.HTTP_2) {
            request.response().putHeader("Connection", "close");
        }
    }

    private void refuseUnsent(Vertx vertx) {
        size = announced(request);
        finish();
        if (request.version() != HttpVersion.HTTP_2) {
            // Whatever else came on the connection would be taken for the body.
            vertx.setTimer(LINGER_MS, late -> request.connection().close());
        }
    }

    private void watch(Vertx vertx, long sizeBefore) {
        if (ended || request.isEnded()) {
            return;
        }
        if (size - sizeBefore < LEAST) {
            ended = true;
            memory.arrived(this);
            release();
            sayGoodbye();
            Problem.send(request.response(), 408, "request timeout", "the body stopped coming");
            request.connection().close();
            return;
        }
        long seen = size;
        timer = vertx.setTimer(STALLED_MS, late -> watch(vertx, seen));
    }
}
