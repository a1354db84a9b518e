package io.github.falcogateway.ingest.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.falcogateway.testing.Certificates;
import io.github.falcogateway.testing.FakeFalco;
import io.github.falcogateway.testing.RunningGateway;
import io.github.falcogateway.wire.outputs.response;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole gateway and servers with Falco's rhythm. */
class SourcesTest extends WithFalco {

    @ParameterizedTest
    @ValueSource(strings = {"sub", "get"})
    void takesWhatQueuedUpAndWhatComesLater(String mode) throws Exception {
        IntStream.range(0, 3000).forEach(i -> falco.raise("rule " + i));
        falco.start();
        try (RunningGateway gateway = RunningGateway.in(folder, source("a", falco.target(), ", mode: " + mode))) {
            await().untilAsserted(() -> assertThat(gateway.lines()).hasSize(3000));
            falco.raise("one more");
            await().untilAsserted(() -> assertThat(gateway.lines()).hasSize(3001));

            List<String> rules = gateway.lines().stream()
                    .map(line -> new JsonObject(line).getString("rule"))
                    .toList();
            assertThat(rules.subList(0, 3000))
                    .isEqualTo(
                            IntStream.range(0, 3000).mapToObj(i -> "rule " + i).toList());
            JsonObject first = new JsonObject(gateway.lines().get(0));
            assertThat(first.getString("hostname")).isEqualTo("falco-node");
            assertThat(first.getJsonObject("gateway").getString("via")).isEqualTo("grpc");
            assertThat(first.getJsonObject("output_fields").encode())
                    .isEqualTo("{\"container.id\":null,\"proc.name\":\"bash\"}");
        }
    }

    @Test
    void keepsTheSameEventAsOverHttpWithJsonOutput() throws Exception {
        String json = Files.readAllLines(Path.of("src/test/resources/events/seed-events.ndjson"))
                .get(0)
                .replaceFirst("\\{", "{\"hostname\":\"node-9\",");
        falco.raise(response.newBuilder().setOutput(json).setRule("x").build());
        falco.start();
        try (RunningGateway gateway = gateway()) {
            await().untilAsserted(() -> assertThat(gateway.lines()).hasSize(1));
            gateway.post(json);
            await().untilAsserted(() -> assertThat(gateway.lines()).hasSize(2));

            assertThat(withoutGateway(gateway.lines().get(0)))
                    .isEqualTo(withoutGateway(gateway.lines().get(1)));
        }
    }

    @Test
    void takesEventsOfAServerThatKnowsNoVersion() throws Exception {
        falco.withoutVersion().start();
        falco.raise("unversioned");
        try (RunningGateway gateway = gateway()) {
            await().untilAsserted(() -> assertThat(gateway.lines()).hasSize(1));
            assertThat(shown(gateway).getString("version")).isNull();
        }
    }

    @Test
    void namesTheHostByTheSourceWhereTheEventNamesNone() throws Exception {
        falco.start();
        falco.raise(FakeFalco.event("old falco").toBuilder().clearHostname().build());
        String config = source("a", falco.target(), ", host: edge-7");
        Path file = folder.resolve("gateway.yaml");
        Files.writeString(
                file, RunningGateway.config(folder, 0).replace("[claimed, address]", "[claimed, source]") + config);
        try (RunningGateway gateway = RunningGateway.of(folder, file)) {
            await().untilAsserted(() -> assertThat(gateway.lines()).hasSize(1));
            JsonObject event = new JsonObject(gateway.lines().get(0));
            assertThat(event.getString("hostname")).isEqualTo("edge-7");
            assertThat(event.getJsonObject("gateway").getString("host_from")).isEqualTo("source");
        }
    }

    @Test
    void speaksMutualTlsOverTcp() throws Exception {
        Certificates server = Certificates.of(folder, "server");
        Certificates client = Certificates.of(folder, "client");
        falco.close();
        falco = FakeFalco.over(new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setClientAuth(ClientAuth.REQUIRED)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath(server.cert().toString())
                        .addKeyPath(server.key().toString()))
                .setTrustOptions(new PemTrustOptions().addCertPath(client.cert().toString())));
        falco.start();
        falco.raise("over tls");
        String tls = ", tls: {ca: " + server.cert() + ", cert: " + client.cert() + ", key: " + client.key() + "}";
        try (RunningGateway gateway =
                RunningGateway.in(folder, source("a", falco.target(), tls).replace("timeout: 400ms", "timeout: 10s"))) {
            await().untilAsserted(() -> assertThat(gateway.lines()).hasSize(1));
            assertThat(new JsonObject(gateway.lines().get(0))
                            .getJsonObject("gateway")
                            .getString("remote"))
                    .isEqualTo("127.0.0.1");
        }
    }

    @Test
    void aReloadTakesSourcesAndLeavesThem() throws Exception {
        falco.start();
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            assertThat(gateway.get("/api/sources")).isEqualTo("{\"sources\":[]}");
            Path file = folder.resolve("gateway.yaml");
            String without = Files.readString(file);
            Files.writeString(file, without + source("a", falco.target(), ""));
            assertThat(gateway.send("POST", "/-/reload").statusCode()).isEqualTo(200);
            falco.raise("after the reload");
            await().untilAsserted(() -> assertThat(gateway.lines()).hasSize(1));

            Files.writeString(file, without);
            assertThat(gateway.send("POST", "/-/reload").statusCode()).isEqualTo(200);
            assertThat(gateway.get("/api/sources")).isEqualTo("{\"sources\":[]}");
            assertThat(gateway.get("/metrics")).doesNotContain("falco_gateway_source_");
            int asked = falco.requests();
            falco.raise("nobody asks");
            assertThat(falco.requests()).isEqualTo(asked);
        }
    }

    @Test
    void aStopJournalsWhatWasAskedForAndAStartGoesOn() throws Exception {
        falco.start();
        // What a connection is given up for is another test's.
        String source = source("a", falco.target(), "").replace("timeout: 400ms", "timeout: 60s");
        try (RunningGateway gateway = RunningGateway.in(folder, source)) {
            IntStream.range(0, 2000).forEach(i -> falco.raise("rule " + i));
            // Not at the first of them: where Falco gets no processor for a third of a second, a stop waits no longer.
            await().pollInterval(Duration.ofMillis(100))
                    .until(() -> !falco.handedOver().isEmpty());
        }
        // Falco has forgotten what it handed over: were any of it not in the journal, it would be missing now.
        try (RunningGateway gateway = RunningGateway.in(folder, source)) {
            await().untilAsserted(() -> assertThat(gateway.lines()).hasSize(2000));
        }
    }

    @Test
    void quarantinesWhatIsNoEvent() throws Exception {
        falco.raise(FakeFalco.event("").toBuilder().clearRule().build());
        falco.raise("good");
        falco.start();
        try (RunningGateway gateway = gateway()) {
            await().untilAsserted(() -> assertThat(gateway.lines()).hasSize(1));
            await().untilAsserted(() -> assertThat(gateway.get("/api/rejected")).contains("missing_rule"));
            assertThat(shown(gateway).getInteger("rejected")).isEqualTo(1);
        }
    }

    private static String withoutGateway(String line) {
        JsonObject event = new JsonObject(line);
        event.remove("gateway");
        return event.encode();
    }
}
