package io.github.falcogateway.app;

import io.github.falcogateway.codec.Timestamps;
import io.github.falcogateway.ingest.http.Problem;
import io.github.falcogateway.journal.DeadLetter;
import io.github.falcogateway.journal.JournalState;
import io.github.falcogateway.lifetime.Lifetime;
import io.github.falcogateway.sink.NoticeCounts;
import io.github.falcogateway.sink.SinkStatus;
import io.github.falcogateway.sink.SinkVerticle;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the operator the sinks, and lets him stop, start, move and repeat them. Thread-safe. */
final class SinksApi {

    private static final Logger LOG = LoggerFactory.getLogger(SinksApi.class);

    private static final int MAX_ROWS = 1000;

    private final Gateway gateway;

    SinksApi(Gateway gateway) {
        this.gateway = gateway;
    }

    void mount(Router router) {
        router.get("/api/sinks").handler(this::sinks);
        router.get("/api/sinks/:name/dead").handler(this::dead);
        router.post("/api/sinks/:name/pause").handler(ctx -> control(ctx, SinkVerticle::pause));
        router.post("/api/sinks/:name/resume").handler(ctx -> control(ctx, SinkVerticle::resume));
        router.post("/api/sinks/:name/test").handler(this::test);
        router.post("/api/sinks/:name/redeliver").handler(this::redeliver);
        router.post("/api/sinks/:name/skip-to").handler(this::skip);
    }

    private void sinks(RoutingContext ctx) {
        JournalState journal = gateway.journal().state();
        JsonArray sinks = new JsonArray();
        gateway.sinks().statuses().forEach(status -> sinks.add(json(status, journal)));
        ctx.json(new JsonObject()
                .put("sinks", sinks)
                .put("forced_out", journal.forcedOut())
                .put("damaged", journal.damaged()));
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
                .put("retries", status.retries())
                .put("notices", notices(status.notices()));
    }

    private static @Nullable JsonObject notices(@Nullable NoticeCounts counts) {
        return counts == null
                ? null
                : new JsonObject()
                        .put("routed", counts.routed())
                        .put("announced", counts.announced())
                        .put("grouped", counts.grouped())
                        .put("silenced", counts.silenced())
                        .put("dead", counts.dead())
                        .put("pending", counts.pending());
    }

    private void dead(RoutingContext ctx) {
        if (named(ctx) == null) {
            return;
        }
        JsonArray dead = new JsonArray();
        gateway.store()
                .eachDead(ctx.pathParam("name"), MAX_ROWS, letter -> dead.add(json(letter)))
                .onSuccess(done -> ctx.json(new JsonObject().put("dead", dead)))
                .onFailure(ctx::fail);
    }

    private static JsonObject json(DeadLetter letter) {
        return new JsonObject()
                .put("id", Long.toString(letter.event().id()))
                .put("route", letter.route())
                .put("reason", letter.reason())
                .put("detail", letter.detail())
                .put("at", letter.at().toString())
                .put("rule", letter.event().event().rule())
                .put("host", letter.event().event().host());
    }

    /** The sink of the path; null where there is none, which is answered then. */
    private @Nullable SinkVerticle named(RoutingContext ctx) {
        SinkVerticle sink = gateway.sinks().find(ctx.pathParam("name"));
        if (sink == null) {
            Problem.send(ctx.response(), 404, "not found", "no sink has this name");
        }
        return sink;
    }

    private void control(RoutingContext ctx, Consumer<SinkVerticle> act) {
        SinkVerticle sink = named(ctx);
        if (sink == null) {
            return;
        }
        act.accept(sink);
        ctx.response().setStatusCode(204).end();
    }

    private void test(RoutingContext ctx) {
        if (named(ctx) == null) {
            return;
        }
        String name = ctx.pathParam("name");
        boolean people = gateway.sinks().isForPeople(name);
        Lifetime clients = new Lifetime(ctx.vertx());
        clients.begin(() -> Future.succeededFuture(name)
                        .map(gateway.sinks()::another)
                        .compose(trial -> SinkTrial.run(trial, people, gateway.hosts())))
                .eventually(clients::end)
                .onSuccess(ctx::json)
                .onFailure(ctx::fail);
    }

    private void redeliver(RoutingContext ctx) {
        SinkVerticle sink = named(ctx);
        if (sink == null) {
            return;
        }
        List<Long> ids = new ArrayList<>();
        gateway.store()
                .eachDead(
                        ctx.pathParam("name"),
                        MAX_ROWS,
                        letter -> ids.add(letter.event().id()))
                .onSuccess(done -> {
                    sink.redeliver(ids);
                    ctx.response().setStatusCode(202);
                    ctx.json(new JsonObject().put("redelivering", ids.size()));
                })
                .onFailure(ctx::fail);
    }

    private void skip(RoutingContext ctx) {
        SinkVerticle sink = named(ctx);
        if (sink == null) {
            return;
        }
        String time = ctx.request().getParam("time");
        Instant to = time == null ? null : time.equals("now") ? Instant.now() : Timestamps.parse(time);
        if (to == null) {
            Problem.send(
                    ctx.response(), 400, "bad request", "time must be RFC 3339, such as 2026-01-31T08:00:00Z, or now");
            return;
        }
        gateway.journal()
                .history()
                .arrivedBefore(to)
                .onSuccess(id -> {
                    LOG.warn(
                            "sink {} goes from event {} to {}",
                            sink.status().name(),
                            sink.status().cursor(),
                            id);
                    sink.moveTo(id);
                    ctx.response().setStatusCode(202);
                    ctx.json(new JsonObject().put("cursor", Long.toString(id)));
                })
                .onFailure(ctx::fail);
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    private static double age(@Nullable Instant since) {
        return since == null ? 0 : Duration.between(since, Instant.now()).toMillis() / 1000.0;
    }
}
