package io.github.falcogateway.ingest.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The connections of one event loop. One that never sends a whole request, or stops in the middle of one, is ended; one
 * that is idle after an answer is kept, and only goes when there are too many, the longest idle first. Confined to one
 * event loop.
 */
public final class Connections {

    private static final long SWEEP_MS = 5_000;
    private static final long STALLED_NANOS = 60_000_000_000L;

    private static final class Usage {
        private long since = System.nanoTime();
        private int open;
        private boolean answered;
    }

    private final int limit;
    private final Map<HttpConnection, Usage> usages = new LinkedHashMap<>();

    /**
     * No connections yet.
     *
     * @param limit the most connections at once
     */
    public Connections(Vertx vertx, int limit) {
        this.limit = limit;
        vertx.setPeriodic(SWEEP_MS, timer -> sweep());
    }

    /** A client has connected. */
    public void opened(HttpConnection connection) {
        if (usages.size() >= limit) {
            evict();
        }
        usages.put(connection, new Usage());
        connection.closeHandler(closed -> usages.remove(connection));
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
        request.response().endHandler(end -> {
            usage.open--;
            usage.answered = true;
            usage.since = System.nanoTime();
        });
    }

    private void evict() {
        Iterator<Map.Entry<HttpConnection, Usage>> oldest = usages.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<HttpConnection, Usage> entry = oldest.next();
            if (entry.getValue().open == 0) {
                oldest.remove();
                entry.getKey().close();
                return;
            }
        }
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
