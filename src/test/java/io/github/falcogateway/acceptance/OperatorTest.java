package io.github.falcogateway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.testing.KeptClients;
import io.github.falcogateway.testing.Patience;
import io.github.falcogateway.testing.RunningGateway;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator asks and does: explain, routes, reload, dead letters, a sink's place. */
class OperatorTest {

    private static final String EVENT =
            "{\"rule\":\"Shell\",\"priority\":\"%s\",\"hostname\":\"web-1\",\"output\":\"%s\",\"output_fields\":{\"user.name\":\"root\"}}";

    @TempDir
    Path folder;

    @Test
    void explainsAnEventWithoutSendingIt() throws Exception {
        routes("""
                - route: urgent
                  condition: priority >= Error and user.name = root
                  to: [archive]
                """);
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            JsonObject said = new JsonObject(gateway.send("POST", "/api/explain", EVENT.formatted("Notice", "x"))
                    .body());
            JsonObject route = said.getJsonArray("routes").getJsonObject(0);
            assertThat(route.getString("failed")).isEqualTo("priority >= Error");
            assertThat(route.getString("actual")).isEqualTo("Notice");
            assertThat(said.getString("host")).isEqualTo("web-1");
            assertThat(said.getBoolean("unrouted")).isTrue();
            HttpResponse<String> bad = gateway.send("POST", "/api/explain", "{\"rule\":");
            assertThat(bad.statusCode()).isEqualTo(400);
            assertThat(gateway.get("/api/events")).contains("\"events\":[]");
        }
    }

    @Test
    void countsWhatEachRouteTook() throws Exception {
        routes("- {route: all, condition: rule exists, to: [archive], active: {days: mon-sun, timezone: UTC}}\n");
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            gateway.post(EVENT.formatted("Error", "1"));
            gateway.post(EVENT.formatted("Error", "2"));
            Awaitility.await().untilAsserted(() -> {
                JsonObject route = new JsonObject(gateway.get("/api/routes"))
                        .getJsonArray("routes")
                        .getJsonObject(0);
                assertThat(route.getInteger("hits")).isEqualTo(2);
                assertThat(route.getString("last_hit")).isNotBlank();
                assertThat(route.getString("active")).isEqualTo("active Mon,Tue,Wed,Thu,Fri,Sat,Sun UTC");
            });
        }
    }

    @Test
    void showsWhatHoldsARoutesEventsBackAsItCouldStandInTheFile() throws Exception {
        routes("""
                - {route: plain, condition: rule exists, to: [archive]}
                - route: quiet
                  condition: rule exists
                  to: [archive]
                  group: {wait: 90s, interval: 36h}
                  throttle: {max: 5, per: 250ms, by: [host]}
                  dedup: {window: 10m}
                  inhibit: {when: priority >= Critical seen within 1h, same: [host, rule]}
                  digest: {at: "7:00", timezone: Europe/Berlin}
                """);
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            JsonArray shown = new JsonObject(gateway.get("/api/routes")).getJsonArray("routes");
            List<String> parts = List.of("group", "throttle", "dedup", "inhibit", "digest");
            JsonObject plain = shown.getJsonObject(0);
            assertThat(plain.fieldNames()).containsAll(parts);
            parts.forEach(part -> assertThat(plain.getValue(part)).isNull());
            JsonObject quiet = shown.getJsonObject(1);
            assertThat(parts.stream().map(quiet::getValue).map(Object::toString))
                    .containsExactly(
                            "{\"by\":[\"host\",\"rule\"],\"wait\":\"1m30s\",\"interval\":\"1d12h\",\"repeat\":\"4h\",\"max_groups\":1000}",
                            "{\"max\":5,\"per\":\"250ms\",\"by\":[\"host\"]}",
                            "{\"window\":\"10m\",\"by\":[\"host\",\"rule\",\"message\"]}",
                            "{\"when\":\"priority >= Critical\",\"within\":\"1h\",\"same\":[\"host\",\"rule\"]}",
                            "{\"at\":\"07:00\",\"timezone\":\"Europe/Berlin\",\"by\":[\"rule\",\"host\"]}");

            JsonObject written = new JsonObject()
                    .put("route", "again")
                    .put("condition", "rule exists")
                    .put("to", new JsonArray().add("archive"));
            parts.forEach(part -> written.put(part, quiet.getValue(part)));
            routes(new JsonArray().add(written).encode());
            assertThat(gateway.send("POST", "/-/reload").statusCode()).isEqualTo(200);
            JsonObject read = new JsonObject(gateway.get("/api/routes"))
                    .getJsonArray("routes")
                    .getJsonObject(0);
            assertThat(read.getString("route")).isEqualTo("again");
            parts.forEach(part -> assertThat(read.getValue(part)).isEqualTo(quiet.getValue(part)));
        }
    }

    @Test
    void keepsTheOldTableAndSaysSoWhereTheNewOneIsWrong() throws Exception {
        routes("- {route: all, condition: rule exists, to: [archive]}\n");
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            assertThat(gateway.get("/metrics")).contains("falco_gateway_config_last_reload_successful 1.0");
            routes("- {route: all, condition: rule exits, to: [archive]}\n");
            HttpResponse<String> refused = gateway.send("POST", "/-/reload");
            assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("routes.yaml:1:");
            assertThat(gateway.get("/metrics")).contains("falco_gateway_config_last_reload_successful 0.0");
            assertThat(gateway.get("/api/routes")).contains("rule exists");
            routes("- {route: some, condition: priority >= Error, to: [archive]}\n");
            assertThat(gateway.send("POST", "/-/reload").statusCode()).isEqualTo(200);
            assertThat(gateway.get("/metrics")).contains("falco_gateway_config_last_reload_successful 1.0");
            assertThat(gateway.get("/api/routes")).contains("priority >= Error");
        }
    }

    @Test
    void sendsDeadLettersAgainAndSkips() throws Exception {
        AtomicInteger status = new AtomicInteger(400);
        Map<String, Integer> taken = new ConcurrentHashMap<>();
        routes("- {route: all, condition: rule exists, to: [chat]}\n");
        String sink =
                "  chat: {type: discord, url: \"http://127.0.0.1:%d/api/webhooks/1/x\", budget: 30/min, timeout: 60s, retry: {min: 10ms, max: 20ms}}\n";
        io.vertx.core.Vertx receiving = io.vertx.core.Vertx.vertx();
        HttpServer receiver = Patience.get(receiving
                .createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    if (status.get() == 200) {
                        new JsonObject(body)
                                .getJsonArray("embeds", new JsonArray()).stream()
                                        .map(embed -> ((JsonObject) embed).getString("url"))
                                        .forEach(link -> taken.merge(link.replaceFirst(".*=", ""), 1, Integer::sum));
                    }
                    request.response()
                            .setStatusCode(status.get())
                            .putHeader("Content-Type", "application/json")
                            .end("{}");
                }))
                .listen(0, "127.0.0.1"));
        try (RunningGateway gateway = RunningGateway.in(folder, sink.formatted(receiver.actualPort()))) {
            // Urgent ones: for the others the budget keeps longer distances.
            gateway.post(EVENT.formatted("Critical", "1") + EVENT.formatted("Critical", "2"));
            Awaitility.await()
                    .untilAsserted(() -> assertThat(dead(gateway).size()).isEqualTo(2));
            status.set(200);
            assertThat(gateway.send("POST", "/api/sinks/chat/redeliver").statusCode())
                    .isEqualTo(202);
            Awaitility.await().untilAsserted(() -> assertThat(dead(gateway)).isEmpty());
            assertThat(taken).containsOnlyKeys("1", "2");
            Awaitility.await()
                    .untilAsserted(() -> assertThat(gateway.get("/api/sinks"))
                            .contains("\"routed\":2,\"announced\":2,\"grouped\":0,\"silenced\":0,\"dead\":0,"));
            Map<String, Integer> before = Map.copyOf(taken);
            assertThat(gateway.send("POST", "/api/sinks/chat/skip-to?time=2020-01-01T00:00:00Z")
                            .statusCode())
                    .isEqualTo(202);
            // At least once more: an answer that is late has an event sent again.
            Awaitility.await()
                    .untilAsserted(() -> assertThat(taken)
                            .allSatisfy((id, times) -> assertThat(times).isGreaterThan(before.get(id))));
            assertThat(gateway.send("POST", "/api/sinks/chat/skip-to?time=yesterday")
                            .statusCode())
                    .isEqualTo(400);
        } finally {
            Patience.get(receiving.close());
        }
    }

    @Test
    void saysWhatATestOfAFileSinkFailedBy() throws Exception {
        Path inTheWay = Files.writeString(folder.resolve("a-file"), "");
        String sink = "  notes: {type: file, path: \"" + inTheWay + "/notes\"}\n";
        try (RunningGateway gateway = RunningGateway.in(folder, sink)) {
            assertThat(gateway.send("POST", "/api/sinks/notes/test").body())
                    .contains("\"delivered\":false", inTheWay.toString(), "(disk)");
        }
    }

    @Test
    void keepsASilenceOverARestartAndEndsIt() throws Exception {
        String wanted = "{\"condition\":\"host = web-1\",\"author\":\"me\",\"comment\":\"works\",\"end\":\"%s\"}";
        String id;
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            HttpResponse<String> added = gateway.send(
                    "POST", "/api/silences", wanted.formatted(Instant.now().plusSeconds(3600)));
            assertThat(added.statusCode()).isEqualTo(201);
            id = new JsonObject(added.body()).getString("id");
            assertThat(gateway.send("POST", "/api/silences", wanted.formatted("2020-01-01T00:00:00Z"))
                            .statusCode())
                    .isEqualTo(400);
            assertThat(gateway.send(
                                    "POST",
                                    "/api/silences",
                                    wanted.formatted(Instant.now().plusSeconds(60))
                                            .replace("host =", "host"))
                            .body())
                    .contains("bad silence");
        }
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            assertThat(gateway.get("/api/silences")).contains(id, "\"state\":\"active\"", "host = web-1");
            assertThat(gateway.send("DELETE", "/api/silences/" + id).statusCode())
                    .isEqualTo(204);
            assertThat(gateway.get("/api/silences")).contains("\"state\":\"expired\"");
            assertThat(gateway.send("DELETE", "/api/silences/77").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void countsByFieldHostAndTime() throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            gateway.post(EVENT.formatted("Error", "1")
                    + EVENT.formatted("Notice", "2")
                    + EVENT.replace("web-1", "web-2").formatted("Debug", "3"));
            JsonObject summary = new JsonObject(gateway.get("/api/summary?by=user.name"));
            JsonObject row = summary.getJsonArray("groups").getJsonObject(0);
            assertThat(row.getString("key")).isEqualTo("root");
            assertThat(row.getInteger("count")).isEqualTo(3);
            assertThat(row.getString("priority")).isEqualTo("Error");
            assertThat(row.getJsonArray("hosts")).containsExactly("web-1", "web-2");
            assertThat(summary.getBoolean("complete")).isTrue();
            assertThat(gateway.get("/api/summary?by=rule&filter=host%20%3D%20web-2"))
                    .contains("\"total\":1");
            assertThat(gateway.send("GET", "/api/summary?by=nonsense").statusCode())
                    .isEqualTo(400);
            assertThat(new JsonObject(gateway.get("/api/hosts"))
                            .getJsonArray("hosts")
                            .size())
                    .isEqualTo(2);
            assertThat(gateway.get("/api/histogram?step=1h")).contains("\"step\":3600", "\"Debug\":1");
        }
    }

    @Test
    void sendsATestThroughOneSink() throws Exception {
        String gone = "  gone: {type: http, url: \"http://127.0.0.1:1/\"}\n";
        try (RunningGateway gateway = RunningGateway.in(folder, gone)) {
            for (String sink : new String[] {"archive", "metrics"}) {
                assertThat(gateway.send("POST", "/api/sinks/" + sink + "/test").body())
                        .contains("\"delivered\":true");
            }
            assertThat(gateway.send("POST", "/api/sinks/gone/test").body())
                    .contains("\"delivered\":false", "unreachable");
            assertThat(gateway.send("POST", "/api/sinks/none/test").statusCode())
                    .isEqualTo(404);
            assertThat(gateway.lines()).hasSize(1);
        }
    }

    @Test
    void keepsNothingOfATest() throws Exception {
        KeptClients clients = new KeptClients();
        String gone = "  gone: {type: http, url: \"http://127.0.0.1:1/\"}\n";
        try (RunningGateway gateway = RunningGateway.over(clients.vertx(), folder, gone)) {
            int own = clients.made();
            for (int i = 0; i < 3; i++) {
                gateway.send("POST", "/api/sinks/gone/test");
            }
            assertThat(clients.made()).isEqualTo(own + 3);
            Awaitility.await().untilAsserted(() -> assertThat(clients.kept()).isEqualTo(own));
        }
    }

    private static JsonArray dead(RunningGateway gateway) throws Exception {
        return new JsonObject(gateway.get("/api/sinks/chat/dead")).getJsonArray("dead");
    }

    private void routes(String yaml) throws Exception {
        Files.writeString(folder.resolve("routes.yaml"), yaml);
    }
}
