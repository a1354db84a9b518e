package io.github.falcogateway.app;

import io.github.falcogateway.ingest.grpc.SourceOptions;
import io.github.falcogateway.ingest.grpc.SourceStatus;
import io.github.falcogateway.ingest.grpc.SourceVerticle;
import io.github.falcogateway.intake.Intake;
import io.github.falcogateway.telemetry.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The gRPC sources that run: begins and ends them as the configuration asks, and shows them. Thread-safe. */
final class Sources {

    private record Running(SourceOptions options, SourceVerticle verticle, String deployment) {}

    private final Vertx vertx;
    private final Telemetry telemetry;
    private final Intake intake;
    private final Map<String, Running> running = new ConcurrentHashMap<>();

    Sources(Vertx vertx, Telemetry telemetry, Intake intake) {
        this.vertx = vertx;
        this.telemetry = telemetry;
        this.intake = intake;
    }

    /** Makes the sources that run those that are configured; one that did not change runs on. */
    Future<Void> apply(List<SourceOptions> wanted) {
        List<Future<?>> ended = new ArrayList<>();
        for (Running source : List.copyOf(running.values())) {
            if (!wanted.contains(source.options())) {
                running.remove(source.options().name());
                ended.add(vertx.undeploy(source.deployment()));
            }
        }
        // Only then: two that drain one Falco would share its events.
        return Future.join(ended).compose(done -> {
            List<Future<?>> started = new ArrayList<>();
            wanted.stream()
                    .filter(options -> !running.containsKey(options.name()))
                    .forEach(options -> started.add(start(options)));
            return Future.all(started).mapEmpty();
        });
    }

    /** Ends them all; what they had asked for is journaled. */
    Future<Void> stop() {
        return apply(List.of()).otherwiseEmpty();
    }

    void mount(Router router) {
        router.get("/api/sources").handler(this::list);
    }

    private Future<Void> start(SourceOptions options) {
        SourceVerticle verticle = new SourceVerticle(options, intake, telemetry.source(options.name()));
        return vertx.deployVerticle(verticle)
                .onSuccess(id -> running.put(options.name(), new Running(options, verticle, id)))
                .mapEmpty();
    }

    private void list(RoutingContext ctx) {
        JsonArray sources = new JsonArray();
        running.values().stream()
                .map(source -> source.verticle().status())
                .sorted(Comparator.comparing(status -> status.options().name()))
                .forEach(status -> sources.add(json(status)));
        ctx.json(new JsonObject().put("sources", sources));
    }

    private static JsonObject json(SourceStatus status) {
        SourceOptions options = status.options();
        boolean unix = options.address().isDomainSocket();
        return new JsonObject()
                .put("name", options.name())
                .put(
                        "grpc",
                        unix
                                ? "unix://" + options.address().path()
                                : options.address().toString())
                .put("mode", options.mode().name().toLowerCase(Locale.ROOT))
                .put("tls", options.tls() != null)
                .put("host", options.host())
                .put("state", status.state().label())
                .put("version", status.version().isEmpty() ? null : status.version())
                .put("events", status.events())
                .put("rejected", status.rejected())
                .put("reconnects", status.reconnects())
                .put("last_event", text(status.lastEvent()))
                .put("last_error", status.lastError().isEmpty() ? null : status.lastError())
                .put("last_error_at", text(status.lastErrorAt()));
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
