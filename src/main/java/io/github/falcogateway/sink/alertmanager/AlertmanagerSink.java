package io.github.falcogateway.sink.alertmanager;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.secret.Secret;
import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.Fault;
import io.github.falcogateway.sink.HttpPoster;
import io.github.falcogateway.sink.HttpReply;
import io.github.falcogateway.sink.HttpTarget;
import io.github.falcogateway.sink.Outcome;
import io.github.falcogateway.sink.Sink;
import io.github.falcogateway.telemetry.FaultReason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends events as alerts: those with the same labels are one alert that fires on. The time is an annotation, for as a
 * label it would make every event an alert of its own. Confined to one event loop.
 *
 * @see <a href="https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml">API v2</a>
 */
public final class AlertmanagerSink implements Sink {

    private static final int TEXT = 1000;

    private final Vertx vertx;
    private final AlertmanagerOptions options;
    private final List<HttpPoster> posters = new ArrayList<>();

    public AlertmanagerSink(Vertx vertx, AlertmanagerOptions options) {
        this.vertx = vertx;
        this.options = options;
    }

    @Override
    public Future<Void> open() {
        if (posters.isEmpty()) {
            for (Secret url : options.urls()) {
                String base = url.reveal().strip().replaceAll("/+$", "");
                String path = base.endsWith("/api/v2/alerts") ? "" : "/api/v2/alerts";
                posters.add(new HttpPoster(
                        vertx,
                        HttpTarget.request(base + path, HttpMethod.POST).putHeader("Content-Type", "application/json"),
                        options.tls(),
                        options.timeout()));
            }
        }
        return Future.succeededFuture();
    }

    @Override
    public Future<Outcome> deliver(List<Delivery> batch) {
        return send(batch).compose(fault -> {
            if (fault == null) {
                return Future.succeededFuture(Outcome.delivered(batch));
            }
            if (fault.reason() != FaultReason.REFUSED || fault.hold()) {
                return Future.succeededFuture(Outcome.stopped(0, fault));
            }
            if (batch.size() == 1) {
                return Future.succeededFuture(new Outcome(1, Map.of(0, fault.detail()), null));
            }
            return oneByOne(batch, 0, new HashMap<>());
        });
    }

    @Override
    public Future<Void> close() {
        List<Future<?>> closed = new ArrayList<>();
        posters.forEach(poster -> closed.add(poster.close()));
        posters.clear();
        return Future.join(closed).mapEmpty();
    }

    private Future<Outcome> oneByOne(List<Delivery> batch, int at, Map<Integer, String> refused) {
        if (at == batch.size()) {
            return Future.succeededFuture(new Outcome(at, refused, null));
        }
        return deliver(batch.subList(at, at + 1)).compose(outcome -> {
            if (outcome.fault() != null) {
                return Future.succeededFuture(new Outcome(at, refused, outcome.fault()));
            }
            if (!outcome.refused().isEmpty()) {
                refused.put(at, outcome.refused().getOrDefault(0, ""));
            }
            return oneByOne(batch, at + 1, refused);
        });
    }

    /** Sends to every Alertmanager of the cluster; one that has the alerts is enough. What stopped it, or null. */
    private Future<@Nullable Fault> send(List<Delivery> batch) {
        Buffer body = alerts(batch).toBuffer();
        List<Future<@Nullable Fault>> answers = new ArrayList<>();
        posters.forEach(poster ->
                answers.add(poster.post(body).map(AlertmanagerSink::judge).otherwise(HttpPoster::fault)));
        return Future.join(answers).map(done -> {
            Fault worst = null;
            for (Future<@Nullable Fault> answer : answers) {
                if (answer.result() == null) {
                    return null;
                }
                worst = answer.result();
            }
            return worst == null ? Fault.passing(FaultReason.INTERNAL, "the sink is not open") : worst;
        });
    }

    private static @Nullable Fault judge(HttpReply reply) {
        return HttpTarget.isRefusal(reply.status())
                ? Fault.passing(FaultReason.REFUSED, "status " + reply.status())
                : HttpTarget.fault(reply);
    }

    /** One alert for each set of labels, the newest event of it told: a second one in a request would be lost. */
    private JsonArray alerts(List<Delivery> batch) {
        Map<JsonObject, JsonObject> alerts = new LinkedHashMap<>();
        Instant ends = Instant.now().plus(options.resolveAfter());
        for (Delivery delivery : batch) {
            JsonObject labels = labels(delivery.event().event());
            JsonObject before = alerts.get(labels);
            FalcoEvent event = delivery.event().event();
            int count = before == null
                    ? 1
                    : 1 + Integer.parseInt(before.getJsonObject("annotations").getString("count"));
            JsonObject alert = new JsonObject()
                    .put("labels", labels)
                    .put(
                            "annotations",
                            new JsonObject()
                                    .put("summary", cut(event.rule() + " on " + event.host()))
                                    .put("description", cut(event.line()))
                                    .put("time", event.time().toString())
                                    .put("id", Long.toString(delivery.event().id()))
                                    .put("count", Integer.toString(count)))
                    .put("startsAt", event.arrival().toString())
                    .put("endsAt", ends.toString());
            if (!options.publicUrl().isEmpty()) {
                alert.put(
                        "generatorURL",
                        options.publicUrl() + "/#event=" + delivery.event().id());
            }
            alerts.put(labels, alert);
        }
        return new JsonArray(new ArrayList<>(alerts.values()));
    }

    private JsonObject labels(FalcoEvent event) {
        JsonObject labels = new JsonObject();
        options.labels().forEach(labels::put);
        return labels.put("alertname", event.rule())
                .put("rule", event.rule())
                .put("host", event.host())
                .put("priority", event.priority().label())
                .put("severity", event.priority().label().toLowerCase(java.util.Locale.ROOT))
                .put("source", event.sourceName());
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= TEXT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, TEXT)) + "…";
    }
}
