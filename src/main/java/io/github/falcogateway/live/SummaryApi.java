package io.github.falcogateway.live;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.event.Provenance;
import io.github.falcogateway.journal.Journal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts over the journal: by field, by host, over time. Thread-safe. */
public final class SummaryApi {

    private static final int ROWS = 1000;
    private static final int BUCKETS = 2000;

    private final Journal journal;

    SummaryApi(Journal journal) {
        this.journal = journal;
    }

    void mount(Router router) {
        router.get("/api/summary").handler(this::summary);
        router.get("/api/hosts").handler(this::hosts);
        router.get("/api/histogram").handler(this::histogram);
    }

    private void summary(RoutingContext ctx) {
        Query query;
        Aggregate counts;
        String by = ctx.request().getParam("by", "rule");
        try {
            query = query(ctx);
            counts = new Aggregate(by);
        } catch (RuntimeException bad) {
            Problem.send(ctx, 400, String.valueOf(bad.getMessage()));
            return;
        }
        new Scan(journal, query, counts::add)
                .run()
                .onSuccess(scan -> ctx.json(json(by, counts).mergeIn(ended(scan))))
                .onFailure(ctx::fail);
    }

    /** {@code {by, total, groups: [{key, count, priority, hosts, first, last, fields}]}}. */
    public static JsonObject json(String by, Aggregate counts) {
        JsonArray rows = new JsonArray();
        counts.rows().stream().limit(ROWS).forEach(row -> rows.add(json(row)));
        return new JsonObject().put("by", by).put("total", counts.total()).put("groups", rows);
    }

    private static JsonObject json(Aggregate.Row row) {
        JsonObject fields = new JsonObject();
        row.newest().fields().forEach((name, value) -> fields.put(name, value.text()));
        return new JsonObject()
                .put("key", row.key())
                .put("count", row.count())
                .put("priority", row.worst().label())
                .put("hosts", new JsonArray(row.hosts().stream().toList()))
                .put("first", row.first().toString())
                .put("last", row.last().toString())
                .put("fields", fields);
    }

    private void hosts(RoutingContext ctx) {
        Query query;
        try {
            query = query(ctx);
        } catch (RuntimeException bad) {
            Problem.send(ctx, 400, String.valueOf(bad.getMessage()));
            return;
        }
        Aggregate counts = new Aggregate("host");
        new Scan(journal, query, counts::add)
                .run()
                .onSuccess(scan -> {
                    JsonArray hosts = new JsonArray();
                    for (Aggregate.Row row : counts.rows()) {
                        Provenance sender = row.newest().provenance();
                        JsonObject labels = new JsonObject();
                        if (sender != null) {
                            sender.labels().forEach(labels::put);
                        }
                        hosts.add(new JsonObject()
                                .put("host", row.key())
                                .put("count", row.count())
                                .put("priority", row.worst().label())
                                .put("first", row.first().toString())
                                .put("last", row.last().toString())
                                .put("host_from", sender == null ? "" : sender.hostFrom())
                                .put("labels", labels));
                    }
                    ctx.json(ended(scan).put("hosts", hosts));
                })
                .onFailure(ctx::fail);
    }

    private void histogram(RoutingContext ctx) {
        Query query;
        long step;
        try {
            query = query(ctx);
            step = step(ctx.request().getParam("step"));
        } catch (RuntimeException bad) {
            Problem.send(ctx, 400, String.valueOf(bad.getMessage()));
            return;
        }
        TreeMap<Long, Map<Priority, Long>> buckets = new TreeMap<>();
        new Scan(journal, query, event -> count(buckets, event, step))
                .run()
                .onSuccess(scan -> {
                    JsonArray all = new JsonArray();
                    buckets.forEach((start, counts) -> {
                        JsonObject priorities = new JsonObject();
                        counts.forEach((priority, count) -> priorities.put(priority.label(), count));
                        all.add(new JsonObject()
                                .put("time", Instant.ofEpochSecond(start).toString())
                                .put("counts", priorities));
                    });
                    ctx.json(ended(scan).put("step", step).put("buckets", all));
                })
                .onFailure(ctx::fail);
    }

    /** By arrival, as {@code since} and {@code until} are; the oldest go where there are too many. */
    private static void count(NavigableMap<Long, Map<Priority, Long>> buckets, FalcoEvent event, long step) {
        long start = Math.floorDiv(event.arrival().getEpochSecond(), step) * step;
        buckets.computeIfAbsent(start, first -> new EnumMap<>(Priority.class)).merge(event.priority(), 1L, Long::sum);
        if (buckets.size() > BUCKETS) {
            buckets.pollFirstEntry();
        }
    }

    private static long step(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return Duration.ofMinutes(1).toSeconds();
        }
        Instant now = Instant.EPOCH;
        long seconds = text.matches("\\d{1,7}") ? Long.parseLong(text) : seconds(Query.time(text, now), now);
        if (seconds < 1) {
            throw new IllegalArgumentException("step is such as 30s, 5m, 1h");
        }
        return seconds;
    }

    private static long seconds(@Nullable Instant ago, Instant now) {
        return ago == null ? 0 : Duration.between(ago, now).toSeconds();
    }

    private static Query query(RoutingContext ctx) {
        Instant now = Instant.now();
        return new Query(
                Query.filter(ctx.request().getParam("filter")),
                Query.time(ctx.request().getParam("since"), now),
                Query.time(ctx.request().getParam("until"), now));
    }

    private static JsonObject ended(Scan scan) {
        return new JsonObject().put("scanned", scan.scanned()).put("complete", scan.isComplete());
    }
}
