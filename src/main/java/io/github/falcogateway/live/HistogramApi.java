package io.github.falcogateway.live;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.journal.History;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts events over time by priority. Thread-safe. */
final class HistogramApi {

    private static final int BUCKETS = 2000;
    private static final int MAX_READ = 300_000;
    private static final long[] STEPS = {60, 300, 600, 1800, 3600, 10_800, 21_600, 43_200, 86_400, 604_800};

    private final History history;
    private final Counting counting;

    HistogramApi(History history) {
        this.history = history;
        this.counting = new Counting(history);
    }

    void mount(Router router) {
        router.get("/api/histogram").handler(this::histogram);
    }

    private void histogram(RoutingContext ctx) {
        try {
            Query query = Params.query(ctx);
            long asked = step(ctx.request().getParam("step"));
            Future<Long> step = asked > 0
                    ? Future.succeededFuture(asked)
                    : counting.span(query, 1).map(HistogramApi::fitting);
            step.compose(seconds -> count(query, new Buckets(seconds)))
                    .onSuccess(ctx::json)
                    .onFailure(ctx::fail);
        } catch (IllegalArgumentException bad) {
            Problem.bad(ctx, bad);
        }
    }

    private Future<JsonObject> count(Query query, Buckets buckets) {
        if (query.exact()) {
            return history.tally(query.search(), outline -> (id, nanos) -> buckets.count(outline, nanos))
                    .map(done -> buckets.json(0, true));
        }
        return new Scan(history, query, Long.MAX_VALUE, MAX_READ)
                .all(event -> buckets.count(
                        event.event(), TimeSpan.nanos(event.event().time())))
                .map(scan -> buckets.json(scan.read(), scan.isComplete()));
    }

    /** The step in seconds; 0 where none is asked for. */
    private static long step(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return 0;
        }
        long seconds = 0;
        if (text.matches("\\d{1,7}")) {
            seconds = Long.parseLong(text);
        } else if (text.matches("\\d{1,6}[smhd]")) {
            Instant ago = Query.time(text, Instant.EPOCH);
            seconds = ago == null ? 0 : Duration.between(ago, Instant.EPOCH).toSeconds();
        }
        if (seconds < 1) {
            throw new IllegalArgumentException("step is seconds, or such as 30s, 5m, 1h, 1d; not " + text);
        }
        return seconds;
    }

    /** A minute, or the first step that needs no more buckets than there are. */
    private static long fitting(@Nullable TimeSpan span) {
        long seconds = span == null
                ? 0
                : Duration.between(TimeSpan.time(span.from()), TimeSpan.time(span.to()))
                        .toSeconds();
        for (long step : STEPS) {
            if (seconds / step < BUCKETS - 1) {
                return step;
            }
        }
        return STEPS[STEPS.length - 1];
    }

    /** Counts by step and severity. Confined to one request. */
    private static final class Buckets {

        private static final long NANOS = 1_000_000_000;

        private final long step;
        private final TreeMap<Long, long[]> all = new TreeMap<>();
        private boolean dropped;

        // Events come about in the order of their times: nearly each belongs where the last one did.
        private long first;
        private long[] counts = {};

        Buckets(long step) {
            this.step = step;
        }

        void count(FalcoEvent event, long nanos) {
            long second = Math.floorDiv(nanos, NANOS);
            if (counts.length == 0 || second < first || second - first >= step) {
                turnTo(Math.floorDiv(second, step) * step);
            }
            counts[event.priority().ordinal()]++;
        }

        private void turnTo(long start) {
            first = start;
            counts = all.computeIfAbsent(start, none -> new long[Priority.values().length]);
            if (all.size() > BUCKETS) {
                all.pollFirstEntry();
                dropped = true;
            }
        }

        JsonObject json(int read, boolean complete) {
            JsonArray buckets = new JsonArray();
            for (Map.Entry<Long, long[]> bucket : all.entrySet()) {
                JsonObject counts = new JsonObject();
                for (Priority priority : Priority.values()) {
                    long count = bucket.getValue()[priority.ordinal()];
                    if (count > 0) {
                        counts.put(priority.label(), count);
                    }
                }
                buckets.add(new JsonObject()
                        .put("time", Instant.ofEpochSecond(bucket.getKey()).toString())
                        .put("counts", counts));
            }
            return new JsonObject()
                    .put("scanned", read)
                    .put("complete", complete && !dropped)
                    .put("step", step)
                    .put("buckets", buckets);
        }
    }
}
