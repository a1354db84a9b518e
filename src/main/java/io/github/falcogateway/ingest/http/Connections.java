package io.github.falcogateway.ingest.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop. One that never sends a whole request, or stops in the middle of one, is ended; one
 * that is idle after an answer is kept, and only goes when there are too many, the longest idle first, then those that send
 * slowly. One whose client sends no more goes when what it has sent whole is answered. Confined to one event loop.
 */
public final class Connections {

    private static final long SWEEP_MS = 5_000;
    private static final long STALLED_NANOS = 60_000_000_000L;
    private static final long LOOK_MS = 20;
    private static final long QUIET_NANOS = 200_000_000L;
    private static final long LEAVE_NANOS = 2_000_000_000L;

    private static final class Usage {
        private final HalfClosure sending;
        private long since = System.nanoTime();
        private int open;
        private boolean answered;
        /** The one whose answer says that the connection ends with it. */
        private @Nullable HttpServerRequest last;

        private @Nullable HttpServerRequest request;

        Usage(Runnable onEnd) {
            sending = new HalfClosure(onEnd);
        }

        /** Whether nobody waits for anything: a reader that ends its side has gone, and a search for it may cost much. */
        boolean isLeft() {
            HttpServerRequest now = request;
            boolean reads = now != null
                    && (now.method().equals(HttpMethod.GET) || now.method().equals(HttpMethod.HEAD))
                    && now.uri().startsWith("/api/");
            return reads || sending.isOver();
        }

        /** Whether its request has begun before that time and is not here whole: there is nothing to be answered. */
        boolean dawdles(long late) {
            HttpServerRequest coming = request;
            return coming != null && coming.version() != HttpVersion.HTTP_2 && !coming.isEnded() && since - late < 0;
        }

        /** Says that the connection ends with this answer, where that can still be said. */
        void sayGoodbye() {
            HttpServerRequest now = request;
            if (now != null
                    && now.version() != HttpVersion.HTTP_2
                    && !now.response().headWritten()) {
                now.response().putHeader("Connection", "close");
                last = now;
            }
        }
    }

    /** A request comes within this; where connections are short, one that does not is given up for others. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final int limit;
    private final long patience;
    private @Nullable Promise<Void> leaving;
    private final Map<HttpConnection, Usage> usages = new LinkedHashMap<>();

    /**
     * No connections yet.
     *
     * @param limit the most connections at once
     */
    public Connections(Vertx vertx, int limit) {
        this(vertx, limit, PATIENCE);
    }

    Connections(Vertx vertx, int limit, Duration patience) {
        this.vertx = vertx;
        this.limit = limit;
        this.patience = patience.toNanos();
        vertx.setPeriodic(SWEEP_MS, timer -> sweep());
    }

    /** A client has connected. */
    public void opened(HttpConnection connection) {
        if (usages.size() >= limit) {
            evict();
        }
        Usage usage = new Usage(() -> sent(connection));
        usages.put(connection, usage);
        usage.sending.watch(connection);
        connection.closeHandler(closed -> usages.remove(connection));
    }

    /** The client sends no more. */
    private void sent(HttpConnection connection) {
        Usage usage = usages.get(connection);
        if (usage == null || usage.isLeft()) {
            connection.close();
        }
    }

    /** A request has begun; from now to its answer the connection is busy. */
    public void busy(HttpServerRequest request) {
        HttpConnection connection = request.connection();
        // Taken out and put back: the map's order is that of the last use.
        Usage usage = usages.remove(connection);
        if (usage == null) {
            return;
        }
        usages.put(connection, usage);
        usage.open++;
        usage.since = System.nanoTime();
        usage.request = request;
        if (leaving != null) {
            usage.sayGoodbye();
        }
        request.response().endHandler(end -> {
            usage.open--;
            usage.answered = true;
            usage.sending.answered();
            usage.since = System.nanoTime();
            // The next one that was sent behind it may have begun already.
            if (usage.request == request) {
                usage.request = null;
            }
            if (usage.last == request || usage.sending.isOver()) {
                connection.close();
            }
        });
    }

    /**
     * Says on every answer from now on that the connection ends with it, and ends it: a client that is told so loses
     * nothing.
     *
     * @return done once every client that has connected was answered, or has had time enough to ask
     */
    public Future<Void> leave() {
        Promise<Void> promise = Promise.promise();
        leaving = promise;
        usages.values().forEach(Usage::sayGoodbye);
        long begin = System.nanoTime();
        vertx.setPeriodic(LOOK_MS, timer -> {
            long passed = System.nanoTime() - begin;
            boolean busy = usages.values().stream().anyMatch(usage -> usage.open > 0 || !usage.answered);
            if (passed > LEAVE_NANOS || passed > QUIET_NANOS && !busy) {
                vertx.cancelTimer(timer);
                promise.tryComplete();
            }
        });
        return promise.future();
    }

    /** The one that is idle for longest, or else the one whose request does not come to its end for longest. */
    private void evict() {
        long late = System.nanoTime() - patience;
        HttpConnection idle = first(usage -> usage.open == 0);
        HttpConnection leaves = idle != null ? idle : first(usage -> usage.dawdles(late));
        if (leaves != null) {
            usages.remove(leaves);
            leaves.close();
        }
    }

    private @Nullable HttpConnection first(Predicate<Usage> wanted) {
        for (Map.Entry<HttpConnection, Usage> entry : usages.entrySet()) {
            if (wanted.test(entry.getValue())) {
                return entry.getKey();
            }
        }
        return null;
    }

    private void sweep() {
        long now = System.nanoTime();
        List<HttpConnection> stalled = new ArrayList<>();
        for (Map.Entry<HttpConnection, Usage> entry : Set.copyOf(usages.entrySet())) {
            Usage usage = entry.getValue();
            boolean neverWhole = !usage.answered && usage.open == 0;
            if (neverWhole && now - usage.since > STALLED_NANOS) {
                stalled.add(entry.getKey());
            }
        }
        stalled.forEach(HttpConnection::close);
    }
}
