package io.github.falcogateway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.falcogateway.testing.GatewayProcess;
import io.github.falcogateway.testing.Receiver;
import io.github.falcogateway.testing.Receiver.Answer;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is told to stop: in good order, and at once. */
class StopTest {

    private static final String EVENT = "{\"rule\":\"r\",\"priority\":\"Error\"}";

    @TempDir
    Path folder;

    @Test
    void answersWhoHasConnectedKeepsTheEventAndEndsStreamsWithAHint() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(folder, config("{type: file, path: events.ndjson}"));
                Socket fresh = new Socket(InetAddress.getLoopbackAddress(), gateway.port)) {
            CompletableFuture<HttpResponse<String>> stream = HttpClient.newHttpClient()
                    .sendAsync(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port + "/api/stream"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            await().until(() -> gateway.get("/metrics").contains("falco_gateway_sse_clients 1.0"));
            gateway.process().destroy();
            await().until(() -> gateway.log().contains("stopping"));
            String request =
                    "POST / HTTP/1.1\r\nHost: gateway\r\nContent-Length: " + EVENT.length() + "\r\n\r\n" + EVENT;
            fresh.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            String answer = new String(fresh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 200").containsIgnoringCase("connection: close");
            await().until(stream::isDone);
            assertThat(stream.get().body()).contains("retry: 3000").endsWith("retry: 1000\n\n");
            assertThat(gateway.process().waitFor()).isZero();
        }
        assertThat(Files.readAllLines(folder.resolve("events.ndjson"))).hasSize(1);
    }

    @Test
    void aSecondSignalStopsAtOnce() throws Exception {
        try (Receiver deaf = new Receiver()) {
            deaf.otherwise(request -> Answer.status(0));
            String sink = "{type: http, url: \"" + deaf.url("/") + "\", timeout: 60s}";
            try (GatewayProcess gateway = GatewayProcess.start(folder, config(sink) + "shutdown_grace: 60s\n")) {
                assertThat(gateway.post(EVENT)).isEqualTo(200);
                await().until(() -> deaf.requests().size() == 1);
                gateway.process().destroy();
                await().until(() -> gateway.log().contains("stopping"));
                gateway.process().destroy();
                await().until(() -> !gateway.process().isAlive());
                assertThat(gateway.process().exitValue()).isEqualTo(1);
                assertThat(gateway.log()).contains("stopping at once");
            }
            deaf.otherwise(request -> Answer.status(200));
            try (GatewayProcess again = GatewayProcess.start(folder, config(sink))) {
                await().until(() -> deaf.taken().size() == 1);
                assertThat(new JsonObject(again.get("/api/sinks"))
                                .getJsonArray("sinks")
                                .size())
                        .isEqualTo(1);
            }
        }
    }

    private static String config(String sink) {
        return String.join(
                "\n",
                List.of(
                        "listen: {http: \"127.0.0.1:0\"}",
                        "routes: []",
                        "hosts: null",
                        "sinks: {out: " + sink + "}",
                        "default: [out]",
                        "journal: {path: data}",
                        ""));
    }
}
