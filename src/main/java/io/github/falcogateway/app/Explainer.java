package io.github.falcogateway.app;

import io.github.falcogateway.codec.DecodedEvent;
import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.Provenance;
import io.github.falcogateway.event.Sender;
import io.github.falcogateway.filter.Failure;
import io.github.falcogateway.host.HostResolver;
import io.github.falcogateway.rule.Decision;
import io.github.falcogateway.rule.Explanation;
import io.github.falcogateway.rule.RuleTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Says where an event would go and why, without sending it. Immutable. */
public record Explainer(HostResolver hosts, RuleTable table) {

    /**
     * {@code {rule, priority, host, host_from, routes: [{route, tried, matched, why?, failed?, actual?}], unrouted, sinks}}.
     *
     * @param sender who sends it, it is supposed
     */
    public JsonObject explain(DecodedEvent decoded, Sender sender) {
        Provenance provenance = hosts.resolve(decoded.event(), sender);
        FalcoEvent event = decoded.event().from(provenance);
        Decision decision = table.match(event);
        JsonArray routes = new JsonArray();
        table.explain(event).forEach(explanation -> routes.add(route(explanation)));
        return new JsonObject()
                .put("rule", event.rule())
                .put("priority", event.priority().label())
                .put("host", event.host())
                .put("host_from", provenance.hostFrom())
                .put("routes", routes)
                .put("unrouted", decision.unrouted())
                .put("sinks", new JsonArray(decision.sinks().keySet().stream().toList()));
    }

    static JsonObject route(Explanation explanation) {
        JsonObject route = new JsonObject()
                .put("route", explanation.route().name())
                .put("tried", explanation.tried())
                .put("matched", explanation.matched());
        Failure failure = explanation.failure();
        if (failure != null) {
            route.put("failed", failure.condition()).put("actual", failure.actual());
        }
        if (!explanation.tried()) {
            route.put("why", explanation.why());
        }
        return route;
    }
}
