package io.github.falcogateway.app;

import io.github.falcogateway.codec.Decoded;
import io.github.falcogateway.codec.EventDecoder;
import io.github.falcogateway.event.Sender;
import io.github.falcogateway.event.Via;
import io.github.falcogateway.ingest.http.Problem;
import io.github.falcogateway.journal.Rejected;
import io.github.falcogateway.rule.Active;
import io.github.falcogateway.rule.Route;
import io.github.falcogateway.telemetry.RouteMeters;
import io.github.falcogateway.telemetry.Telemetry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Shows the operator the rule table, where an event would go, and what was rejected. Thread-safe. */
final class RoutesApi {

    private static final int MAX_ROWS = 1000;
    private static final int MAX_EVENTS = 100;
    private static final int MAX_BODY = 1 << 20;

    private final Gateway gateway;
    private final Telemetry telemetry;
    private final EventDecoder decoder = new EventDecoder(MAX_EVENTS);

    RoutesApi(Gateway gateway, Telemetry telemetry) {
        this.gateway = gateway;
        this.telemetry = telemetry;
    }

    void mount(Router router) {
        router.get("/api/routes").handler(this::routes);
        router.get("/api/config").handler(ctx -> ctx.json(gateway.reloads().json()));
        router.post("/api/explain").handler(new WholeBody(MAX_BODY)).handler(this::explain);
        router.get("/api/rejected").handler(this::rejected);
    }

    private void routes(RoutingContext ctx) {
        JsonArray routes = new JsonArray();
        gateway.table().routes().forEach(route -> routes.add(json(route)));
        ctx.json(new JsonObject()
                .put("routes", routes)
                .put("loaded_at", telemetry.reloads().taken().toString())
                .put("reload_error", telemetry.reloads().error()));
    }

    private JsonObject json(Route route) {
        RouteMeters meters = telemetry.routes();
        JsonObject held = new JsonObject();
        meters.held(route.name()).forEach(held::put);
        Active active = route.active();
        JsonObject json = new JsonObject()
                .put("route", route.name())
                .put("desc", route.description())
                .put("condition", route.condition())
                .put("to", new JsonArray(route.to()))
                .put("stop", route.stop())
                .put("enabled", route.enabled())
                .put("active", active == null ? null : active.toString());
        return RouteParts.addTo(json, route)
                .put("hits", meters.hits(route.name()))
                .put("last_hit", Objects.toString(meters.lastHit(route.name()), null))
                .put("held", held);
    }

    private void explain(RoutingContext ctx) {
        byte[] bytes = WholeBody.of(ctx).getBytes();
        String remote = remote(ctx);
        Decoded decoded = decoder.decode(bytes, Instant.now());
        if (!decoded.rejections().isEmpty()) {
            var first = decoded.rejections().get(0);
            Problem.send(ctx.response(), 400, first.reason().label(), "event " + first.index() + ": " + first.detail());
            return;
        }
        Explainer explainer = new Explainer(gateway.hosts(), gateway.table());
        JsonArray said = new JsonArray();
        decoded.events()
                .forEach(event -> said.add(explainer.explain(event, Sender.at(Via.HTTP, remote, Instant.now()))));
        // One event is asked and answered as an object, several as a list.
        ctx.json(said.size() == 1 && bytes[0] != '[' ? said.getValue(0) : said);
    }

    private static String remote(RoutingContext ctx) {
        @Nullable
        String address = ctx.request().remoteAddress() == null
                ? null
                : ctx.request().remoteAddress().hostAddress();
        return address == null ? "" : address;
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
}
