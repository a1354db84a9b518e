package io.github.falcogateway.app;

import io.github.falcogateway.journal.JournalState;
import io.github.falcogateway.journal.Rejected;
import io.github.falcogateway.rule.Route;
import io.github.falcogateway.sink.SinkStatus;
import io.github.falcogateway.sink.SinkVerticle;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows the operator the sinks, the routes and what was rejected. Thread-safe. */
final class OperatorApi {

    private static final int MAX_ROWS = 1000;

    private final Gateway gateway;

    OperatorApi(Gateway gateway) {
        this.gateway = gateway;
    }

    void mount(Router router) {
        router.get("/api/sinks").handler(this::sinks);
        router.get("/api/sinks/:name/dead").handler(this::dead);
        router.post("/api/sinks/:name/pause").handler(ctx -> control(ctx, SinkVerticle::pause));
        router.post("/api/sinks/:name/resume").handler(ctx -> control(ctx, SinkVerticle::resume));
        router.get("/api/routes").handler(this::routes);
        router.get("/api/rejected").handler(this::rejected);
    }

    private void sinks(RoutingContext ctx) {
        JournalState journal = gateway.journal().state();
        JsonArray sinks = new JsonArray();
        gateway.sinks().statuses().forEach(status -> sinks.add(json(status, journal)));
        ctx.json(new JsonObject().put("sinks", sinks).put("forced_out", journal.forcedOut()));
    }

    private static JsonObject json(SinkStatus status, JournalState journal) {
        return new JsonObject()
                .put("name", status.name())
                .put("type", status.type())
                .put("state", status.state().label())
                .put("cursor", Long.toString(status.cursor()))
                .put("lag_events", Math.max(0, journal.lastId() - status.cursor()))
                .put("lag_seconds", age(status.oldestPending()))
                .put("pending", status.pending())
                .put("oldest_pending", text(status.oldestPending()))
                .put("last_success", text(status.lastSuccess()))
                .put("last_error", status.lastFault().isEmpty() ? null : status.lastFault())
                .put("last_error_at", text(status.lastFaultAt()))
                .put("retries", status.retries());
    }

    private void dead(RoutingContext ctx) {
        gateway.store()
                .dead(ctx.pathParam("name"), MAX_ROWS)
                .onSuccess(letters -> {
                    JsonArray dead = new JsonArray();
                    letters.forEach(letter -> dead.add(new JsonObject()
                            .put("id", Long.toString(letter.event().id()))
                            .put("route", letter.route())
                            .put("reason", letter.reason())
                            .put("detail", letter.detail())
                            .put("at", letter.at().toString())
                            .put("rule", letter.event().event().rule())
                            .put("host", letter.event().event().host())));
                    ctx.json(new JsonObject().put("dead", dead));
                })
                .onFailure(ctx::fail);
    }

    private void control(RoutingContext ctx, Consumer<SinkVerticle> act) {
        SinkVerticle sink = gateway.sinks().find(ctx.pathParam("name"));
        if (sink == null) {
            ctx.fail(404);
            return;
        }
        act.accept(sink);
        ctx.response().setStatusCode(204).end();
    }

    private void routes(RoutingContext ctx) {
        JsonArray routes = new JsonArray();
        for (Route route : gateway.table().routes()) {
            routes.add(new JsonObject()
                    .put("route", route.name())
                    .put("desc", route.description())
                    .put("condition", route.condition())
                    .put("to", new JsonArray(route.to()))
                    .put("stop", route.stop())
                    .put("enabled", route.enabled()));
        }
        ctx.json(new JsonObject().put("routes", routes));
    }

    private void rejected(RoutingContext ctx) {
        gateway.store()
                .rejected(MAX_ROWS)
                .onSuccess(all -> {
                    JsonArray rejected = new JsonArray();
                    all.forEach(one -> rejected.add(json(one)));
                    ctx.json(new JsonObject().put("rejected", rejected));
                })
                .onFailure(ctx::fail);
    }

    private static JsonObject json(Rejected one) {
        return new JsonObject()
                .put("at", one.at().toString())
                .put("remote", one.remote())
                .put("reason", one.reason().label())
                .put("detail", one.detail())
                .put("size", one.size())
                .put("body", new String(one.raw(), StandardCharsets.UTF_8));
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    private static double age(@Nullable Instant since) {
        return since == null ? 0 : Duration.between(since, Instant.now()).toMillis() / 1000.0;
    }
}
