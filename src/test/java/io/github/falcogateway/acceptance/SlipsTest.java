package io.github.falcogateway.acceptance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.falcogateway.testing.Certificates;
import io.github.falcogateway.testing.FakeDiscord;
import io.github.falcogateway.testing.Patience;
import io.github.falcogateway.testing.RunningGateway;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Where people slip when they set it up, they are told. */
class SlipsTest {

    private static final String EVENT = "{\"rule\":\"astray\",\"priority\":\"Error\"}";

    @TempDir
    Path folder;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listenToTheLog() {
        log.start();
        root().addAppender(log);
    }

    @AfterEach
    void leaveTheLog() {
        root().detachAppender(log);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, '', 1",
        "0.0.0.0, 'ingest: [{name: web-1, token: t0ken-t0ken}]', 0",
        "127.0.0.1, '', 0",
    })
    void warnsOnceWhereAnybodyMaySend(String address, String ingest, int times) throws Exception {
        Path config = folder.resolve("gateway.yaml");
        Files.writeString(
                config,
                RunningGateway.config(folder, 0).replace("127.0.0.1", address) + "auth: {view: none"
                        + (ingest.isEmpty() ? "" : ", " + ingest) + "}\n");
        try (RunningGateway gateway = RunningGateway.of(folder, config)) {
            for (int i = 0; i < 3; i++) {
                gateway.post(EVENT);
            }
            gateway.send("POST", "/-/reload");
            assertThat(logged("auth.ingest names who may")).isEqualTo(times);
        }
    }

    @Test
    void saysThatASenderSpokeWithoutTls() throws Exception {
        Certificates own = Certificates.of(folder, "gateway");
        String tls = "{http: \"127.0.0.1:0\", tls: {cert: " + own.cert() + ", key: " + own.key() + "}}";
        String config = RunningGateway.config(folder, 0).replace("{http: \"127.0.0.1:0\"}", tls);
        try (RunningGateway gateway =
                        RunningGateway.of(folder, Files.writeString(folder.resolve("gateway.yaml"), config));
                Socket socket = new Socket("127.0.0.1", gateway.port)) {
            socket.getOutputStream().write("POST /secret HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
            await().until(() -> logged("it spoke without TLS") == 1);
            assertThat(logged("secret")).isZero();
        }
    }

    @Test
    void keepsWhatIsSentWhereNothingIs() throws Exception {
        List<String> paths = List.of("/falco", "/events//", "/v1/events?x=1");
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            for (int i = 0; i < paths.size(); i++) {
                int kept = i + 1;
                HttpResponse<String> answer = gateway.send("POST", paths.get(i), EVENT);
                assertThat(answer.statusCode()).as(paths.get(i)).isEqualTo(404);
                assertThat(new JsonObject(answer.body()).getString("detail")).contains("events go to / or /events");
                await(paths.get(i))
                        .until(() -> gateway.get("/api/rejected").split("wrong_path.*?astray", -1).length == kept + 1);
                assertThat(gateway.get("/metrics"))
                        .contains("falco_gateway_events_rejected_total{reason=\"wrong_path\"} " + kept + ".0");
            }
            assertThat(gateway.lines()).isEmpty();
        }
    }

    @Test
    void takesEventsWhereTheAddressEndsWithASlash() throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            assertThat(gateway.send("POST", "/events/", EVENT).body()).isEqualTo("{\"accepted\":1}");
            assertThat(gateway.send("PUT", "/events/?x=1", EVENT).body()).isEqualTo("{\"accepted\":1}");
            await().until(() -> gateway.lines().size() == 2);
        }
    }

    @Test
    void takesNoMistakeOfAToolForAnEvent() throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            assertThat(gateway.send("POST", "/api/nothing", EVENT).statusCode()).isEqualTo(404);
            assertThat(gateway.send("POST", "/metrics", EVENT).statusCode()).isEqualTo(405);
            assertThat(gateway.send("GET", "/falco").statusCode()).isEqualTo(404);
            assertThat(gateway.get("/metrics")).doesNotContain("reason=\"wrong_path\"} 1.0");
        }
    }

    @Test
    void saysWhichChangesWaitForARestart() throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            assertThat(restart(gateway.send("POST", "/-/reload").body())).isEmpty();
            Path file = folder.resolve("gateway.yaml");
            String before = Files.readString(file);
            Files.writeString(
                    file,
                    before.replace("127.0.0.1:0", "127.0.0.1:2").replace("shutdown_grace: 5s", "shutdown_grace: 6s")
                            + "limits: {body: 1MiB}\n");
            HttpResponse<String> answer = gateway.send("POST", "/-/reload");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(restart(answer.body())).containsExactly("listen.http", "limits", "shutdown_grace");
            assertThat(restart(gateway.get("/api/config"))).hasSize(3);
            assertThat(logged("not in force before a restart: listen.http, limits, shutdown_grace"))
                    .isEqualTo(1);
            Files.writeString(file, before);
            assertThat(restart(gateway.send("POST", "/-/reload").body())).isEmpty();
        }
    }

    @Test
    void boundsASilenceAsItIsTold() throws Exception {
        String silence = "{\"condition\":\"host = a\",\"author\":\"me\",\"comment\":\"c\",\"end\":\"%s\"}";
        String hours = silence.formatted(Instant.now().plus(Duration.ofHours(5)));
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            assertThat(gateway.send(
                            "POST",
                            "/api/silences",
                            silence.formatted(Instant.now().plus(Duration.ofDays(31)))))
                    .extracting(HttpResponse::body)
                    .asString()
                    .contains("at most 30 days");
            assertThat(gateway.send("POST", "/api/silences", hours).statusCode())
                    .isEqualTo(201);
            Path file = folder.resolve("gateway.yaml");
            Files.writeString(file, Files.readString(file) + "silences: {max: 4h}\n");
            assertThat(gateway.send("POST", "/-/reload").statusCode()).isEqualTo(200);
            HttpResponse<String> refused = gateway.send("POST", "/api/silences", hours);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("at most 4h, silences.max");
        }
    }

    @Test
    void speaksOfAStoppedSinkInItsOwnName() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (FakeDiscord gone = FakeDiscord.start(vertx);
                FakeDiscord other = FakeDiscord.start(vertx)) {
            gone.next(FakeDiscord.Answer.status(404));
            Files.writeString(
                    folder.resolve("routes.yaml"), "- {route: all, condition: priority >= Debug, to: [gone]}\n");
            String sinks = "  gone: {type: discord, url: \"%s\"}\n  other: {type: discord, url: \"%s\"}\nnode: gw-7\n"
                    .formatted(gone.url(), other.url());
            try (RunningGateway gateway = RunningGateway.in(folder, sinks)) {
                gateway.post(EVENT);
                await().until(() -> !other.accepted().isEmpty());
                String said = other.accepted().get(0).encode();
                assertThat(said).contains("Sink gone is stopped", "\"name\":\"Host\",\"value\":\"gw-7\"");
            }
        } finally {
            Patience.get(vertx.close());
        }
    }

    private static List<String> restart(String answer) {
        return new JsonObject(answer)
                .getJsonArray("needs_restart").stream().map(String::valueOf).toList();
    }

    private long logged(String text) {
        return List.copyOf(log.list).stream()
                .filter(line -> line.getFormattedMessage().contains(text))
                .count();
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
