package io.github.falcogateway.app;

import io.github.falcogateway.falcorules.FalcoRule;
import io.github.falcogateway.falcorules.FalcoRules;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/** Shows the rules of the files in {@code falco_rules}. Thread-safe. */
final class FalcoRulesApi {

    private final Supplier<FalcoRules> rules;

    FalcoRulesApi(Supplier<FalcoRules> rules) {
        this.rules = rules;
    }

    void mount(Router router) {
        router.get("/api/falco-rules").handler(this::rules);
    }

    private void rules(RoutingContext ctx) {
        FalcoRules now = rules.get();
        JsonArray all = new JsonArray();
        now.all().forEach(rule -> all.add(json(rule)));
        ctx.json(new JsonObject().put("rules", all).put("macros", now.macros()).put("lists", now.lists()));
    }

    private static JsonObject json(FalcoRule rule) {
        return new JsonObject()
                .put("rule", rule.name())
                .put("priority", rule.priority())
                .put("enabled", rule.enabled())
                .put("source", rule.source())
                .put("tags", new JsonArray(rule.tags()))
                .put("desc", rule.description());
    }
}
