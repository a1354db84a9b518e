package io.github.falcogateway.ingest.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.falcogateway.testing.Certificates;
import io.github.falcogateway.testing.FakeFalco;
import io.github.falcogateway.testing.RunningGateway;
import io.github.falcogateway.wire.outputs.response;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole gateway and servers with Falco's rhythm. */
class SourcesTest {

    private static final String FAST = "poll: 20ms, timeout: 400ms, retry: {min: 10ms, max: 50ms}";

    @TempDir
    Path folder;

    private FakeFalco falco;

    @BeforeEach
    void falco() {
        falco = FakeFalco.at(folder.resolve("f.sock"));
    }

    @AfterEach
    void end() throws Exception {
        falco.close();
    }

    private RunningGateway gateway() throws Exception {
        return RunningGateway.in(folder, source("a", falco.target(), ""));
    }

    private static String source(String name, String target, String more) {
        return "sources: [{name: " + name + ", grpc: \"" + target + "\", " + FAST + more + "}]\n";
    }

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
    void waitsForASocketThatAppearsLaterAndForAFalcoThatRestarts() throws Exception {
        try (RunningGateway gateway = gateway()) {
            await().untilAsserted(() ->
                    assertThat(shown(gateway).getString("last_error")).isNotNull());
            assertThat(shown(gateway).getString("state")).isIn("waiting", "connecting");
            falco.raise("first");
            falco.start();
            await().untilAsserted(() -> assertThat(gateway.lines()).hasSize(1));
            assertThat(shown(gateway).getString("state")).isEqualTo("connected");
            assertThat(shown(gateway).getString("version")).isEqualTo("0.43.1");

            falco.stop();
            falco.raise("second");
            falco.start();
            await().untilAsserted(() -> assertThat(gateway.lines()).hasSize(2));
            assertThat(shown(gateway).getInteger("reconnects")).isEqualTo(1);
            assertThat(gateway.get("/metrics"))
                    .contains("falco_gateway_source_events_total{source=\"a\"} 2.0")
                    .contains("falco_gateway_source_reconnects_total{source=\"a\"} 1.0")
                    .contains("falco_gateway_source_state{source=\"a\",state=\"connected\"} 1.0")
                    .contains("falco_gateway_source_version{source=\"a\",version=\"0.43.1\"} 1.0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sub", "get"})
    void leavesAServerThatHangsWithoutClosing(String mode) throws Exception {
        falco.start();
        try (RunningGateway gateway = RunningGateway.in(folder, source("a", falco.target(), ", mode: " + mode))) {
            await().untilAsserted(
                            () -> assertThat(shown(gateway).getString("state")).isEqualTo("connected"));
            falco.hang(true);
            await().untilAsserted(() ->
                    assertThat(shown(gateway).getString("last_error")).contains("no answer"));
            falco.hang(false);
            falco.raise("after");
            await().untilAsserted(() -> assertThat(gateway.lines()).hasSize(1));
        }
    }

    @Test
    void leavesNoConnectionBehindAtAServerThatAcceptsAndSaysNothing() throws Exception {
        AtomicInteger accepted = new AtomicInteger();
        AtomicInteger closed = new AtomicInteger();
        try (ServerSocketChannel mute = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            mute.bind(UnixDomainSocketAddress.of(folder.resolve("f.sock")));
            Thread accepting = new Thread(() -> acceptAll(mute, accepted, closed));
            accepting.setDaemon(true);
            accepting.start();
            try (RunningGateway gateway =
                    RunningGateway.in(folder, source("a", falco.target(), "").replace("400ms", "100ms"))) {
                await().untilAsserted(() -> assertThat(accepted.get()).isGreaterThan(8));
                await().untilAsserted(() -> assertThat(closed.get()).isGreaterThan(8));
                assertThat(shown(gateway).getString("last_error")).contains("no answer");
            }
        }
    }

    private static void acceptAll(ServerSocketChannel server, AtomicInteger accepted, AtomicInteger closed) {
        try {
            while (true) {
                SocketChannel connection = server.accept();
                accepted.incrementAndGet();
                Thread reading = new Thread(() -> {
                    try {
                        ByteBuffer sink = ByteBuffer.allocate(1024);
                        while (connection.read(sink.clear()) >= 0) {
                            // What a client says first is not answered.
                        }
                    } catch (IOException gone) {
                        // As good as closed.
                    }
                    closed.incrementAndGet();
                });
                reading.setDaemon(true);
                reading.start();
            }
        } catch (IOException ended) {
            // The test is over.
        }
    }

    @Test
    void replacesAStreamOnWhichNothingComesAndLosesNothing() throws Exception {
        falco.start();
        try (RunningGateway gateway = RunningGateway.in(
                folder, source("a", falco.target(), "").replace("timeout: 400ms", "timeout: 200ms"))) {
            await().untilAsserted(() -> assertThat(falco.calls()).isGreaterThan(1));
            falco.raise("still heard");
            await().untilAsserted(() -> assertThat(gateway.lines()).hasSize(1));
            assertThat(shown(gateway).getInteger("reconnects")).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sub", "get"})
    void keepsWhatCameBeforeACallBroke(String mode) throws Exception {
        IntStream.range(0, 500).forEach(i -> falco.raise("rule " + i));
        falco.breakAfter(200);
        falco.start();
        try (RunningGateway gateway = RunningGateway.in(folder, source("a", falco.target(), ", mode: " + mode))) {
            // What is under way at that moment is lost with the call: Falco has forgotten it, HTTP/2 throws it away.
            await().untilAsserted(() -> {
                assertThat(falco.queued()).isZero();
                assertThat(gateway.lines()).hasSizeGreaterThanOrEqualTo(300);
            });
            assertThat(shown(gateway).getString("last_error")).isNotNull();
            assertThat(shown(gateway).getInteger("reconnects")).isPositive();
        }
    }

    @Test
    void takesAllThatAFalcoWroteBeforeItWentAway() throws Exception {
        falco.start();
        String slow = source("a", falco.target(), ", mode: get").replace("400ms", "10s");
        try (RunningGateway gateway = RunningGateway.in(folder, slow)) {
            for (int round = 0; round < 10; round++) {
                for (int i = 0; i < 40; i++) {
                    falco.raise(FakeFalco.event("rule " + round + "-" + i).toBuilder()
                            .putOutputFields("proc.cmdline", "x".repeat(900))
                            .build());
                }
                await().until(() -> falco.queued() == 0);
                falco.stop();
                falco.start();
            }
            int written = falco.written();
            await().untilAsserted(() -> assertThat(gateway.lines()).hasSize(written));
            assertThat(written).isPositive();
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
    void aSourceThatIsDownDelaysNoOther() throws Exception {
        falco.start();
        falco.raise("of the one that is up");
        String both = "sources:\n- {name: down, grpc: \"unix://" + folder + "/no.sock\", " + FAST
                + "}\n- {name: a, grpc: \"" + falco.target() + "\", host: edge-7, " + FAST + "}\n";
        try (RunningGateway gateway = RunningGateway.in(folder, both)) {
            await().untilAsserted(() -> assertThat(gateway.lines()).hasSize(1));
            JsonArray sources = new JsonObject(gateway.get("/api/sources")).getJsonArray("sources");
            assertThat(sources.getJsonObject(0).getString("host")).isEqualTo("edge-7");
            assertThat(sources.getJsonObject(1).getString("name")).isEqualTo("down");
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
        try (RunningGateway gateway = gateway()) {
            IntStream.range(0, 2000).forEach(i -> falco.raise("rule " + i));
            await().untilAsserted(() -> assertThat(falco.handedOver()).isNotEmpty());
        }
        int handed = falco.handedOver().size();
        assertThat(Files.readAllLines(folder.resolve("events.ndjson"))).hasSize(handed);
        try (RunningGateway gateway = gateway()) {
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
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(
                            () -> assertThat(gateway.get("/api/rejected")).contains("missing_rule"));
            assertThat(shown(gateway).getInteger("rejected")).isEqualTo(1);
        }
    }

    private static JsonObject shown(RunningGateway gateway) throws Exception {
        return new JsonObject(gateway.get("/api/sources"))
                .getJsonArray("sources")
                .getJsonObject(0);
    }

    private static String withoutGateway(String line) {
        JsonObject event = new JsonObject(line);
        event.remove("gateway");
        return event.encode();
    }
}
