package io.github.falcogateway.live;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.Provenance;
import io.github.falcogateway.filter.FilterException;
import io.github.falcogateway.journal.History;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a condition can be about: the fields that events have, and their values. Thread-safe. */
final class FieldsApi {

    private static final List<String> OWN = List.of(
            "rule",
            "priority",
            "severity",
            "source",
            "host",
            "time",
            "output",
            "message",
            "tags",
            "via",
            "host_from",
            "remote");
    private static final int LOOKED_AT = 2000;
    private static final int MAX_VALUES = 1000;
    private static final int DEFAULT_VALUES = 50;

    private final History history;

    FieldsApi(History history) {
        this.history = history;
    }

    void mount(Router router) {
        router.get("/api/fields").handler(this::fields);
        router.get("/api/values").handler(this::values);
    }

    private void fields(RoutingContext ctx) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        new Scan(history, new Query(null, null, null), Long.MAX_VALUE, LOOKED_AT)
                .all(event -> count(event.event(), counts))
                .compose(scan -> {
                    JsonArray fields = new JsonArray();
                    OWN.forEach(name ->
                            fields.add(new JsonObject().put("name", name).put("count", scan.read())));
                    counts.entrySet().stream()
                            .sorted(Map.Entry.<String, Integer>comparingByValue()
                                    .reversed()
                                    .thenComparing(Map.Entry.comparingByKey()))
                            .limit(MAX_VALUES)
                            .forEach(field -> fields.add(
                                    new JsonObject().put("name", field.getKey()).put("count", field.getValue())));
                    return ctx.json(new JsonObject().put("fields", fields).put("scanned", scan.read()));
                })
                .onFailure(ctx::fail);
    }

    private static void count(FalcoEvent event, Map<String, Integer> counts) {
        event.fields().keySet().forEach(name -> counts.merge(name, 1, Integer::sum));
        Provenance sender = event.provenance();
        if (sender != null) {
            sender.labels().keySet().forEach(name -> counts.merge("label." + name, 1, Integer::sum));
        }
    }

    private void values(RoutingContext ctx) {
        try {
            String field = ctx.request().getParam("field");
            if (field == null || field.isBlank()) {
                throw new IllegalArgumentException("field is missing: rule, host, proc.name are such");
            }
            Query query = Params.query(ctx);
            String prefix = ctx.request().getParam("prefix", "").toLowerCase(Locale.ROOT);
            long limit = Math.min(MAX_VALUES, Params.number(ctx, "limit", DEFAULT_VALUES));
            count(query, aggregate(field))
                    .compose(counts -> {
                        JsonArray values = new JsonArray();
                        counts.rows().stream()
                                .filter(row -> !row.key().isEmpty())
                                .filter(row ->
                                        row.key().toLowerCase(Locale.ROOT).startsWith(prefix))
                                .sorted(Comparator.comparingLong(Aggregate.Row::count)
                                        .reversed())
                                .limit(limit)
                                .forEach(row -> values.add(
                                        new JsonObject().put("value", row.key()).put("count", row.count())));
                        return ctx.json(new JsonObject().put("field", field).put("values", values));
                    })
                    .onFailure(ctx::fail);
        } catch (IllegalArgumentException bad) {
            Problem.bad(ctx, bad);
        }
    }

    private static Aggregate aggregate(String field) {
        try {
            return new Aggregate(field);
        } catch (FilterException noField) {
            throw new IllegalArgumentException("field: " + noField.getMessage(), null);
        }
    }

    private Future<Aggregate> count(Query query, Aggregate counts) {
        if (query.exact() && counts.outlined()) {
            return history.tally(query.search(), counts::tally).map(counts);
        }
        return new Scan(history, query, Long.MAX_VALUE, LOOKED_AT)
                .all(event -> counts.add(event.event(), event.id()))
                .map(counts);
    }
}
