package io.github.falcogateway.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.testing.RunningGateway;
import io.vertx.core.json.JsonObject;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be read is the client's mistake and no error of the gateway's own; what can be read is read. */
class UnreadableRequestsTest {

    private static final String FORM = "application/x-www-form-urlencoded";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%zz",
                "/api/events/%",
                "/api/sinks/%zz/dead",
                "/api/stream?filter=%zz",
                "/api/events?since=%2",
                "/api/events/%zz?limit=1"
            })
    void answersAnAddressWithAPercentSignTooMany(String address) throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "");
                Socket socket = new Socket("127.0.0.1", gateway.port)) {
            String request = "GET " + address + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("application/problem+json", "percent sign");
        }
    }

    @Test
    void readsJsonThatCurlCallsAForm() throws Exception {
        String event = "{\"rule\":\"r\",\"priority\":\"Error\",\"output\":\"100% of %zz " + "x".repeat(20_000) + "\"}";
        String silence = new JsonObject()
                .put("condition", "rule = r")
                .put("author", "ann")
                .put("comment", "100% " + "x".repeat(10_000))
                .put("end", Instant.now().plusSeconds(3600).toString())
                .encode();
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            assertThat(gateway.send("POST", "/api/explain", event, "Content-Type", FORM)
                            .body())
                    .contains("\"rule\":\"r\"");
            assertThat(gateway.send("POST", "/api/silences", silence, "Content-Type", FORM)
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void saysInJsonThatABodyIsTooLargeOrNoForm() throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            isProblem(413, gateway.send("POST", "/api/silences", "x".repeat(100_000)));
            isProblem(413, gateway.send("POST", "/login", "user=" + "x".repeat(100_000), "Content-Type", FORM));
            isProblem(400, gateway.send("POST", "/login", "user=%zz", "Content-Type", FORM));
        }
    }

    private static void isProblem(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    }
}
