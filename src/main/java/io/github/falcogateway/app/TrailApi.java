package io.github.falcogateway.app;

import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.ingest.http.Problem;
import io.github.falcogateway.journal.DeadLetter;
import io.github.falcogateway.journal.Limit;
import io.github.falcogateway.rule.Decision;
import io.github.falcogateway.rule.RuleTable;
import io.github.falcogateway.sink.SinkState;
import io.github.falcogateway.sink.SinkStatus;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says of an event in the journal which routes take it and why, and what each sink did with it. Thread-safe. */
final class TrailApi {

    private final Gateway gateway;

    TrailApi(Gateway gateway) {
        this.gateway = gateway;
    }

    void mount(Router router) {
        router.get("/api/events/:id/trail").handler(this::trail);
    }

    private void trail(RoutingContext ctx) {
        String id = ctx.pathParam("id");
        if (!id.matches("\\d{1,18}")) {
            Problem.send(ctx.response(), 404, "not found", "an event's id is a number");
            return;
        }
        gateway.journal()
                .find(Long.parseLong(id))
                .compose(event -> event == null ? Future.succeededFuture(Optional.<JsonObject>empty()) : tell(event))
                .onSuccess(told -> told.ifPresentOrElse(
                        ctx::json,
                        () -> Problem.send(ctx.response(), 404, "not found", "no event " + id + " in the journal")))
                .onFailure(ctx::fail);
    }

    private Future<Optional<JsonObject>> tell(JournaledEvent event) {
        RuleTable table = gateway.tables().at(event.id());
        Decision decision = table.match(event.event());
        JsonArray routes = new JsonArray();
        table.explain(event.event()).forEach(explanation -> routes.add(Explainer.route(explanation)));
        List<Future<JsonObject>> sinks = new ArrayList<>();
        decision.sinks().forEach((sink, route) -> sinks.add(outcome(sink, route, event)));
        return Future.all(sinks)
                .map(all -> Optional.of(new JsonObject()
                        .put("id", Long.toString(event.id()))
                        .put("routes", routes)
                        .put("unrouted", decision.unrouted())
                        .put("sinks", new JsonArray(all.list()))));
    }

    /** {@code done} also where the sink told several events together or a silence held it back. */
    private Future<JsonObject> outcome(String sink, String route, JournaledEvent event) {
        long id = event.id();
        JsonObject told = new JsonObject().put("sink", sink).put("route", route);
        Optional<SinkStatus> status = gateway.sinks().statuses().stream()
                .filter(one -> one.name().equals(sink))
                .findFirst();
        if (status.isPresent() && status.get().cursor() < id) {
            SinkState state = status.get().state();
            boolean stopped = state == SinkState.HELD || state == SinkState.PAUSED;
            return Future.succeededFuture(told.put("outcome", stopped ? "held" : "pending")
                    .put("detail", status.get().lastFault()));
        }
        return gateway.store()
                .dead(sink, id - 1, Limit.of(1))
                .map(letters -> letters.stream()
                        .filter(letter -> letter.event().id() == id)
                        .findFirst()
                        .map(letter -> dead(told, letter))
                        .orElseGet(() -> told.put("outcome", waits(status, event) ? "pending" : "done")));
    }

    /** A sink for people is past events that it has decided on and not told yet. */
    private static boolean waits(Optional<SinkStatus> status, JournaledEvent event) {
        Instant oldest = status.map(SinkStatus::oldestPending).orElse(null);
        return oldest != null && !event.event().arrival().isBefore(oldest);
    }

    private static JsonObject dead(JsonObject told, DeadLetter letter) {
        return told.put("outcome", "dead")
                .put("at", letter.at().toString())
                .put("detail", letter.reason() + ": " + letter.detail());
    }
}
