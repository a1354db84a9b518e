package io.github.falcogateway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.testing.Receiver;
import io.github.falcogateway.testing.Receiver.Answer;
import io.github.falcogateway.testing.RunningGateway;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events posted on: by the http and alertmanager sinks to a receiver, and from agent to central gateway. */
class PostingTest {

    private static final String EVENT =
            "{\"rule\":\"rule %d\",\"priority\":\"Error\",\"hostname\":\"web-1\",\"output\":\"a \\\"b\\\" \\u001b[31m\",\"output_fields\":{\"proc.name\":\"sh\",\"evt.time\":1780132200123456789}}";

    @TempDir
    Path folder;

    private Receiver receiver;

    @BeforeEach
    void open() throws Exception {
        receiver = new Receiver();
        Files.writeString(folder.resolve("routes.yaml"), "- {route: on, condition: rule exists, to: [out, archive]}\n");
    }

    @AfterEach
    void close() throws Exception {
        receiver.close();
    }

    @Test
    void sendsEachEventAsKeptWithHeadersAndBasicCredentials() throws Exception {
        String url = receiver.url("/falco?x=1").replace("http://", "http://falco:s3cret@");
        try (RunningGateway gateway = start("type: http, url: \"" + url + "\", headers: {X-Team: blue}")) {
            post(gateway, 3);
            Awaitility.await().until(() -> receiver.requests().size() == 3);
            Receiver.Request first = receiver.requests().get(0);
            assertThat(first.uri()).isEqualTo("/falco?x=1");
            assertThat(first.headers())
                    .containsEntry("Authorization", "Basic ZmFsY286czNjcmV0")
                    .containsEntry("X-Team", "blue")
                    .containsEntry("Content-Type", "application/json");
            assertThat(first.text()).isEqualTo(gateway.lines().get(0)).contains("1780132200123456789");
            assertThat(gateway.get("/api/sinks") + gateway.get("/metrics")).doesNotContain("s3cret");
        }
    }

    @Test
    void keepsTheOrderThroughErrorsAndHangs() throws Exception {
        receiver.next(Answer.status(503), Answer.status(0), new Answer(429, Map.of("Retry-After", "1"), ""));
        try (RunningGateway gateway = start(out("timeout: 300ms, retry: {min: 5ms, max: 20ms}"))) {
            post(gateway, 5);
            Awaitility.await().until(() -> receiver.requests().size() == 8);
            assertThat(receiver.requests().subList(3, 8).stream()
                            .map(request -> new JsonObject(request.body()).getString("rule")))
                    .containsExactly("rule 0", "rule 1", "rule 2", "rule 3", "rule 4");
        }
    }

    @Test
    void aRefusedEventAloneGoesToTheDeadLettersAlsoOutOfABatch() throws Exception {
        receiver.otherwise(request -> Answer.status(request.text().contains("rule 3\"") ? 400 : 200));
        try (RunningGateway gateway = start(out("batch: 100, gzip: false"))) {
            String all = String.join(
                    "\n", IntStream.range(0, 8).mapToObj(EVENT::formatted).toList());
            gateway.post(all);
            Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(sink(gateway).getInteger("lag_events")).isZero());
            JsonArray dead = new JsonObject(gateway.get("/api/sinks/out/dead")).getJsonArray("dead");
            assertThat(dead.size()).isEqualTo(1);
            assertThat(dead.getJsonObject(0).getString("rule")).isEqualTo("rule 3");
        }
    }

    @Test
    void unknownCredentialsHoldTheSinkAndTheEvents() throws Exception {
        receiver.next(Answer.status(401));
        try (RunningGateway gateway = start(out(""))) {
            post(gateway, 2);
            Awaitility.await().until(() -> sink(gateway).getString("state").equals("held"));
            gateway.send("POST", "/api/sinks/out/resume");
            Awaitility.await().until(() -> receiver.requests().size() == 3);
        }
    }

    @Test
    void writesCloudEventsTemplatesAndTheFormOfFalcosidekicksUi() throws Exception {
        try (RunningGateway gateway = start(out("format: cloudevents"))) {
            post(gateway, 1);
            Awaitility.await().until(() -> receiver.requests().size() == 1);
            JsonObject event = new JsonObject(receiver.requests().get(0).body());
            assertThat(event.getString("specversion")).isEqualTo("1.0");
            assertThat(event.getString("subject")).isEqualTo("web-1");
            assertThat(event.getJsonObject("data").getString("rule")).isEqualTo("rule 0");
        }
        try (RunningGateway gateway =
                start(out("format: template, template: '{\"text\":\"{{rule}} {{proc.name}} {{output}}\"}'"))) {
            post(gateway, 1);
            Awaitility.await().until(() -> receiver.requests().size() == 2);
            assertThat(new JsonObject(receiver.requests().get(1).body()).getString("text"))
                    .isEqualTo("rule 0 sh a \"b\" \u001b[31m");
        }
        try (RunningGateway gateway = start(out("format: falcosidekick-ui"))) {
            post(gateway, 1);
            Awaitility.await().until(() -> receiver.requests().size() == 3);
            assertThat(new JsonObject(receiver.requests().get(2).body())
                            .getJsonObject("event")
                            .getString("rule"))
                    .isEqualTo("rule 0");
        }
    }

    @Test
    void sendsOneAlertForEachSetOfLabels() throws Exception {
        try (RunningGateway gateway =
                start("type: alertmanager, urls: [\"" + receiver.url("") + "\"], labels: {team: blue}")) {
            gateway.post(EVENT.formatted(1) + EVENT.formatted(1) + EVENT.formatted(2));
            Awaitility.await().until(() -> sink(gateway).getInteger("lag_events") == 0);
            Receiver.Request first = receiver.requests().get(0);
            assertThat(first.uri()).isEqualTo("/api/v2/alerts");
            JsonObject labels = new JsonArray(first.body()).getJsonObject(0).getJsonObject("labels");
            assertThat(labels.getString("alertname")).isEqualTo("rule 1");
            assertThat(labels.getString("host")).isEqualTo("web-1");
            assertThat(labels.getString("team")).isEqualTo("blue");
            assertThat(labels.fieldNames()).doesNotContain("time");
        }
    }

    @Test
    void describesAnEventWithoutOutputByItsMessage() throws Exception {
        try (RunningGateway gateway = start("type: alertmanager, url: \"" + receiver.url("") + "\"")) {
            gateway.post("{\"rule\":\"r\",\"priority\":\"Notice\",\"message\":\"a shell ran\"}");
            Awaitility.await().until(() -> !receiver.requests().isEmpty());
            JsonObject alert = new JsonArray(receiver.requests().get(0).body()).getJsonObject(0);
            assertThat(alert.getJsonObject("annotations").getString("description"))
                    .isEqualTo("a shell ran");
        }
    }

    @Test
    void anAgentHandsEverythingToTheCentralGatewayThoughThatWasAway() throws Exception {
        Path central = Files.createDirectory(folder.resolve("central"));
        Path agent = Files.createDirectory(folder.resolve("agent"));
        Files.writeString(agent.resolve("routes.yaml"), "- {route: on, condition: rule exists, to: [out]}\n");
        RunningGateway first = RunningGateway.in(central, "");
        int port = first.port;
        String sink = "  out: {type: http, url: \"http://127.0.0.1:" + port
                + "/\", batch: 100, retry: {min: 5ms, max: 50ms}}\n";
        try (RunningGateway gateway = RunningGateway.in(agent, sink)) {
            post(gateway, 200);
            first.close();
            post(gateway, 200);
            try (RunningGateway second = RunningGateway.on(port, central, "")) {
                post(gateway, 200);
                Awaitility.await().until(() -> second.lines().size() >= 600);
                List<String> ids = new ArrayList<>();
                for (String line : second.lines()) {
                    JsonObject hop = new JsonObject(line).getJsonObject("gateway");
                    ids.add(hop.getString("id"));
                    assertThat(hop.getJsonArray("path").size()).isEqualTo(1);
                }
                assertThat(ids).hasSameSizeAs(new HashSet<>(ids)).hasSize(600);
                assertThat(ids.stream().map(Long::parseLong)).isSorted();
            }
        }
    }

    private String out(String more) {
        return "type: http, url: \"" + receiver.url("/") + "\"" + (more.isEmpty() ? "" : ", " + more);
    }

    private RunningGateway start(String sink) throws Exception {
        return RunningGateway.in(folder, "  out: {" + sink + "}\n");
    }

    private static JsonObject sink(RunningGateway gateway) throws Exception {
        return new JsonObject(gateway.get("/api/sinks"))
                .getJsonArray("sinks").stream()
                        .map(JsonObject.class::cast)
                        .filter(one -> one.getString("name").equals("out"))
                        .findFirst()
                        .orElseThrow();
    }

    private static void post(RunningGateway gateway, int events) throws Exception {
        for (int i = 0; i < events; i++) {
            assertThat(gateway.post(EVENT.formatted(i)).statusCode()).isEqualTo(200);
        }
    }
}
