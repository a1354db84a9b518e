package io.github.falcogateway.live;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.event.Provenance;
import io.github.falcogateway.filter.FilterException;
import io.github.falcogateway.journal.History;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Counts over the journal by field and by host. Thread-safe. */
public final class SummaryApi {

    private static final int ROWS = 1000;
    /** The last fields of a row cost a read of the journal. */
    private static final int ROWS_WITH_FIELDS = 200;

    private static final int MAX_TREND = 200;

    private final History history;
    private final Counting counting;

    SummaryApi(History history) {
        this.history = history;
        this.counting = new Counting(history);
    }

    void mount(Router router) {
        router.get("/api/summary").handler(this::summary);
        router.get("/api/hosts").handler(this::hosts);
    }

    private void summary(RoutingContext ctx) {
        try {
            String asked = ctx.request().getParam("by", "");
            String by = asked.isBlank() ? "rule" : asked;
            Aggregate known = aggregate(by, null);
            Query query = Params.query(ctx);
            String format = Params.format(ctx, "csv");
            int limit = (int) Math.min(ROWS, Params.number(ctx, "limit", ROWS));
            long parts = ctx.request().getParam("trend") == null ? 0 : Params.number(ctx, "trend", 0);
            if (parts > MAX_TREND) {
                throw new IllegalArgumentException("trend is at most " + MAX_TREND);
            }
            Future<@Nullable TimeSpan> span = parts == 0 ? Future.succeededFuture() : counting.span(query, (int) parts);
            span.compose(trend -> counting.count(query, trend == null ? known : aggregate(by, trend))
                            .compose(counted -> format.equals("csv")
                                    ? csv(ctx, counted.counts(), limit)
                                    : json(ctx, by, counted, trend, limit)))
                    .onFailure(ctx::fail);
        } catch (IllegalArgumentException bad) {
            Problem.bad(ctx, bad);
        }
    }

    private static Aggregate aggregate(String by, @Nullable TimeSpan trend) {
        try {
            return new Aggregate(by, trend);
        } catch (FilterException noField) {
            throw new IllegalArgumentException("by: " + noField.getMessage(), null);
        }
    }

    private Future<Void> json(
            RoutingContext ctx, String by, Counting.Counted counted, @Nullable TimeSpan trend, int limit) {
        List<Aggregate.Row> rows = counted.counts().rows().stream().limit(limit).toList();
        return newest(rows).compose(newest -> {
            JsonArray groups = new JsonArray();
            rows.forEach(row -> groups.add(row(row, newest.getOrDefault(row.lastId(), row.newest()))));
            JsonObject said = new JsonObject()
                    .put("by", by)
                    .put("total", counted.counts().total())
                    .put("groups", groups);
            if (trend != null) {
                said.put("from", TimeSpan.time(trend.from()).toString());
                said.put("to", TimeSpan.time(trend.to()).toString());
            }
            return ctx.json(said.mergeIn(counted.ended()));
        });
    }

    private Future<Void> csv(RoutingContext ctx, Aggregate counts, int limit) {
        StringBuilder csv = new StringBuilder(Csv.line("count", "priority", "key", "hosts", "first", "last"));
        for (Aggregate.Row row : counts.rows().stream().limit(limit).toList()) {
            csv.append(Csv.line(
                    Long.toString(row.count()),
                    row.worst().label(),
                    row.key(),
                    String.join(" ", row.hosts()),
                    row.first().toString(),
                    row.last().toString()));
        }
        return ctx.response()
                .putHeader("Content-Type", "text/csv; charset=utf-8; header=present")
                .putHeader("Content-Disposition", "attachment; filename=\"falco-summary.csv\"")
                .end(csv.toString());
    }

    /** The last event of each row, as far as the index had only its outline. */
    private Future<Map<Long, FalcoEvent>> newest(List<Aggregate.Row> rows) {
        List<Long> ids = rows.stream()
                .limit(ROWS_WITH_FIELDS)
                .map(Aggregate.Row::lastId)
                .filter(id -> id > 0)
                .distinct()
                .sorted(Collections.reverseOrder())
                .toList();
        return history.read(ids).map(events -> {
            Map<Long, FalcoEvent> byId = new HashMap<>();
            for (JournaledEvent event : events) {
                byId.put(event.id(), event.event());
            }
            return byId;
        });
    }

    /** {@code {by, total, groups: [{key, count, priority, hosts, first, last, fields}]}}, of whole events. */
    public static JsonObject json(String by, Aggregate counts) {
        JsonArray groups = new JsonArray();
        counts.rows().stream().limit(ROWS).forEach(row -> groups.add(row(row, row.newest())));
        return new JsonObject().put("by", by).put("total", counts.total()).put("groups", groups);
    }

    private static JsonObject row(Aggregate.Row row, FalcoEvent newest) {
        JsonObject fields = new JsonObject();
        newest.fields().forEach((name, value) -> fields.put(name, value.text()));
        JsonObject json = new JsonObject()
                .put("key", row.key())
                .mergeIn(counted(row))
                .put("hosts", new JsonArray(row.hosts().stream().toList()));
        if (row.lastId() > 0) {
            json.put("last_id", Long.toString(row.lastId()));
        }
        if (row.trend().length > 0) {
            JsonArray trend = new JsonArray();
            for (long count : row.trend()) {
                trend.add(count);
            }
            json.put("trend", trend);
        }
        return json.put("fields", fields);
    }

    private static JsonObject counted(Aggregate.Row row) {
        return new JsonObject()
                .put("count", row.count())
                .put("priority", row.worst().label())
                .put("first", row.first().toString())
                .put("last", row.last().toString());
    }

    private void hosts(RoutingContext ctx) {
        try {
            counting.count(Params.query(ctx), new Aggregate("host"))
                    .compose(counted -> {
                        JsonArray hosts = new JsonArray();
                        counted.counts().rows().forEach(row -> hosts.add(host(row)));
                        return ctx.json(counted.ended().put("hosts", hosts));
                    })
                    .onFailure(ctx::fail);
        } catch (IllegalArgumentException bad) {
            Problem.bad(ctx, bad);
        }
    }

    private static JsonObject host(Aggregate.Row row) {
        Provenance sender = Objects.requireNonNull(row.newest().provenance());
        JsonObject labels = new JsonObject();
        sender.labels().forEach(labels::put);
        return new JsonObject()
                .put("host", row.key())
                .mergeIn(counted(row))
                .put("host_from", sender.hostFrom())
                .put("labels", labels);
    }
}
