package io.github.falcogateway.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.falcogateway.testing.RunningGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that end their sending side behind what they have sent, as {@code nc -N} does, and wait for the answer. */
class HalfClosedTest {

    private static final String EVENT = "{\"rule\":\"r\",\"priority\":\"Error\"}";
    private static final String POST =
            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + EVENT.length() + "\r\n\r\n" + EVENT;

    @TempDir
    Path folder;

    private RunningGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = RunningGateway.in(folder, "");
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    @Test
    void getTheAnswerToAWholeRequest() throws Exception {
        assertThat(answersTo(POST)).containsOnlyOnce("HTTP/1.1 200").endsWith("{\"accepted\":1}");
        assertThat(answersTo("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .contains("falco_gateway_build_info");
        String chunked = "PUT /events HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(EVENT.length()) + "\r\n" + EVENT + "\r\n0\r\n\r\n";
        assertThat(answersTo(chunked)).containsOnlyOnce("HTTP/1.1 200").endsWith("{\"accepted\":1}");
    }

    @Test
    void getTheAnswersToAllThatIsWhole() throws Exception {
        for (int part : new int[] {5, 40, POST.length() - 1}) {
            assertThat(answersTo(POST.repeat(3) + POST.substring(0, part)).split("HTTP/1.1 200", -1))
                    .as("with %d bytes more", part)
                    .hasSize(4);
        }
        await().until(() -> gateway.lines().size() == 9);
        assertThat(answersTo(POST.repeat(50)).split("HTTP/1.1 200", -1)).hasSize(51);
    }

    @Test
    void areLetGoWhereNothingIsWhole() throws Exception {
        assertThat(answersTo("")).isEmpty();
        assertThat(answersTo(POST.substring(0, POST.length() - 1))).isEmpty();
        try (Socket client = connect()) {
            client.getOutputStream().write(POST.getBytes(UTF_8));
            assertThat(client.getInputStream().readNBytes(12)).isEqualTo("HTTP/1.1 200".getBytes(UTF_8));
            client.shutdownOutput();
            client.getInputStream().readAllBytes();
        }
    }

    @Test
    void aReaderOfAStreamThatEndsItsSideHasGone() throws Exception {
        try (Socket client = connect()) {
            client.getOutputStream().write("GET /api/stream HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
            await().until(() -> gateway.get("/metrics").contains("falco_gateway_sse_clients 1.0"));
            client.shutdownOutput();
            await().until(() -> gateway.get("/metrics").contains("falco_gateway_sse_clients 0.0"));
        }
    }

    private String answersTo(String sent) throws IOException {
        try (Socket client = connect()) {
            client.getOutputStream().write(sent.getBytes(UTF_8));
            client.shutdownOutput();
            return new String(client.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), gateway.port);
        client.setSoTimeout(10_000);
        return client;
    }
}
