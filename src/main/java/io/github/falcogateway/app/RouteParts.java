package io.github.falcogateway.app;

import io.github.falcogateway.config.Units;
import io.github.falcogateway.rule.Dedup;
import io.github.falcogateway.rule.Digest;
import io.github.falcogateway.rule.Grouping;
import io.github.falcogateway.rule.Inhibit;
import io.github.falcogateway.rule.Route;
import io.github.falcogateway.rule.Throttle;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What holds a route's events back, by the names and in the units of its file: what is shown could stand there. */
final class RouteParts {

    private RouteParts() {}

    /** Adds each part, what the file leaves out with its default; null for a part that the route does not have. */
    static JsonObject addTo(JsonObject json, Route route) {
        return json.put("group", group(route.group()))
                .put("throttle", throttle(route.throttle()))
                .put("dedup", dedup(route.quiet().dedup()))
                .put("inhibit", inhibit(route.quiet().inhibit()))
                .put("digest", digest(route.quiet().digest()));
    }

    private static @Nullable JsonObject group(@Nullable Grouping group) {
        return group == null
                ? null
                : new JsonObject()
                        .put("by", list(group.by()))
                        .put("wait", Units.text(group.groupWait()))
                        .put("interval", Units.text(group.groupInterval()))
                        .put("repeat", Units.text(group.repeatInterval()))
                        .put("max_groups", group.maxGroups());
    }

    private static @Nullable JsonObject throttle(@Nullable Throttle throttle) {
        return throttle == null
                ? null
                : new JsonObject()
                        .put("max", throttle.max())
                        .put("per", Units.text(throttle.per()))
                        .put("by", list(throttle.by()));
    }

    private static @Nullable JsonObject dedup(@Nullable Dedup dedup) {
        return dedup == null
                ? null
                : new JsonObject().put("window", Units.text(dedup.window())).put("by", list(dedup.by()));
    }

    private static @Nullable JsonObject inhibit(@Nullable Inhibit inhibit) {
        return inhibit == null
                ? null
                : new JsonObject()
                        .put("when", inhibit.when())
                        .put("within", Units.text(inhibit.within()))
                        .put("same", list(inhibit.same()));
    }

    private static @Nullable JsonObject digest(@Nullable Digest digest) {
        return digest == null
                ? null
                : new JsonObject()
                        .put("at", digest.at().toString())
                        .put("timezone", digest.timezone().getId())
                        .put("by", list(digest.by()));
    }

    private static JsonArray list(List<String> fields) {
        return new JsonArray(fields);
    }
}
