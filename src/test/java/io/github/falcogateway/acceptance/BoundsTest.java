package io.github.falcogateway.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.falcogateway.testing.Patience;
import io.github.falcogateway.testing.RunningGateway;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each wrong thing gets the answer that docs/api.md says, and nothing else suffers. */
class BoundsTest {

    private static final String EVENT = "{\"rule\":\"R\",\"priority\":\"Error\",\"output\":\"o\"}";
    private static final String FIELD = "{\"rule\":\"R\",\"priority\":\"Error\",\"output_fields\":{\"x\":";

    @TempDir
    Path folder;

    @Test
    void answersEachWrongBodyAsDocumented() throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            refused(gateway, "", 400, "empty");
            refused(gateway, "{\"rule\":\"x", 400, "not_json");
            refused(gateway, "12:00:00 Error text of a Falco without json_output", 400, "not_json");
            refused(gateway, "[1]", 400, "not_an_object");
            refused(gateway, FIELD + "[".repeat(10_000) + "]".repeat(10_000) + "}}", 400, "too_deep");
            refused(gateway, FIELD + "9".repeat(1001) + "}}", 400, "too_long");
            refused(gateway, FIELD + "1,\"" + "n".repeat(70_000) + "\":1}}", 400, "too_long");
            refused(gateway, "{\"priority\":\"Error\"}", 400, "missing_rule");
            refused(gateway, "{\"rule\":\"R\"}", 400, "missing_priority");
            refused(gateway, EVENT.replace("Error", "Eror"), 400, "bad_priority");
            refused(gateway, EVENT.replace("\"R\"", "1"), 400, "bad_type");
            assertThat(gateway.post(new byte[] {'{', '"', (byte) 0xFF, '"', '}'})
                            .statusCode())
                    .isEqualTo(400);
            assertThat(gateway.post(zeros(), "Content-Encoding", "gzip").statusCode())
                    .isEqualTo(413);
            assertThat(gateway.get("/api/rejected")).contains("not_utf8", "too_large");
        }
    }

    @Test
    void keepsWhatIsOddButAnEvent() throws Exception {
        List<String> odd = List.of(
                FIELD + "9".repeat(400) + "}}",
                "{\"rule\":\"first\",\"rule\":\"last\",\"priority\":\"Error\"}",
                "{\"rule\":\"" + "r".repeat(1 << 20) + "\",\"priority\":\"Error\"}",
                "{\"rule\":\"../../etc/passwd\",\"priority\":\"Error\",\"hostname\":\"../../etc/passwd\"}");
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            assertThat(gateway.post("[]").body()).isEqualTo("{\"accepted\":0}");
            for (String event : odd) {
                assertThat(gateway.post(event).body()).isEqualTo("{\"accepted\":1}");
            }
            await().until(() -> gateway.lines().size() == odd.size());
            for (int i = 0; i < odd.size(); i++) {
                assertThat(gateway.lines().get(i))
                        .startsWith(odd.get(i).substring(0, odd.get(i).length() - 1));
            }
            assertThat(gateway.get("/metrics").lines())
                    .allSatisfy(line -> assertThat(line.length()).isLessThan(5_000));
            try (Stream<Path> files = java.nio.file.Files.list(folder)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrder("data", "events.ndjson", "gateway.yaml");
            }
        }
    }

    @Test
    void readsNothingBehindAnAmbiguousLength() throws Exception {
        String chunk = Integer.toHexString(EVENT.length()) + "\r\n" + EVENT + "\r\n0\r\n\r\n";
        String hidden = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + EVENT.length() + "\r\n\r\n" + EVENT;
        List<String> heads = List.of(
                "Content-Length: 4\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 4",
                "Content-Length: 4\r\nContent-Length: 5",
                "Content-Length: 4, 5",
                "Content-Length: +4",
                "Content-Length: -1",
                "Content-Length: 0x4",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding: chunked, identity");
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            for (int i = 0; i < heads.size(); i++) {
                int wanted = i + 1;
                String head = heads.get(i);
                String answer =
                        exchange(gateway, "POST / HTTP/1.1\r\nHost: x\r\n" + head + "\r\n\r\n" + chunk + hidden);
                assertThat(answer).as(head).startsWith("HTTP/1.1 400");
                assertThat(answer.split("HTTP/1\\.1 ")).as(head).hasSize(2);
                assertThat(gateway.post(EVENT).statusCode()).as(head).isEqualTo(200);
                await(head).until(() -> gateway.lines().size() == wanted);
            }
        }
    }

    @Test
    void answers501ToATransferCodingThatIsNotUnderstood() throws Exception {
        String chunk = Integer.toHexString(EVENT.length()) + "\r\n" + EVENT + "\r\n0\r\n\r\n";
        List<String> codings = List.of("gzip, chunked", "gzip,chunked", "gzip\r\nTransfer-Encoding: chunked");
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            for (String coding : codings) {
                for (String line : List.of("POST /", "PUT /events", "GET /ping", "POST /api/explain")) {
                    String head = line + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: " + coding
                            + "\r\n\r\n";
                    assertThat(exchange(gateway, head + chunk))
                            .as(head)
                            .startsWith("HTTP/1.1 501")
                            .contains("application/problem+json");
                }
            }
            assertThat(gateway.get("/metrics"))
                    .contains("falco_gateway_events_journaled_total 0.0", "reason=\"unknown_transfer\"} 6.0");
            String head = "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: Chunked\r\n\r\n";
            assertThat(exchange(gateway, head + chunk)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void refusesABodyBeforeItComesWhereTheSenderAsks() throws Exception {
        int length = (4 << 20) + 1;
        String head = "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: " + length + "\r\n\r\n";
        ExecutorService senders = Executors.newCachedThreadPool();
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            // Both at a time: a connection is closed two seconds after its answer.
            List<Future<String>> answers = senders.invokeAll(List.of(
                    () -> exchange(gateway, head), () -> exchange(gateway, head + "x".repeat(length))));
            for (Future<String> one : answers) {
                assertThat(one.get()).startsWith("HTTP/1.1 413").containsIgnoringCase("connection: close");
                assertThat(one.get().split("HTTP/1\\.1 ")).hasSize(2);
            }
            assertThat(gateway.get("/api/rejected")).contains("too_large");
            assertThat(gateway.get("/metrics")).contains("events_rejected_total{reason=\"too_large\"} 2.0");
        } finally {
            senders.shutdown();
        }
    }

    @Test
    void takesNothingOfAChunkThatIsNoneAndRefusesALargeHeader() throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            String chunked = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
            assertThat(exchange(gateway, chunked + "zz\r\n" + EVENT + "\r\n0\r\n\r\n"))
                    .doesNotContain("200 OK");
            assertThat(gateway.get("/metrics")).contains("falco_gateway_events_journaled_total 0.0");
            assertThat(exchange(gateway, "POST / HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 431")
                    .contains("application/problem+json", "limits.header");
        }
    }

    @Test
    void saysBesideWhatIsRefusedThatMemoryAloneHoldsTheRest() throws Exception {
        Path wall = Files.createDirectories(folder.resolve("data/lock"));
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            HttpResponse<String> answer = gateway.post("[" + EVENT + ",{}]");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("\"accepted\":1", "\"durable\":false", "\"index\":1");
            Files.delete(wall);
            await().untilAsserted(
                            () -> assertThat(gateway.post("[" + EVENT + ",{}]").body())
                                    .contains("\"accepted\":1")
                                    .doesNotContain("durable"));
        }
    }

    @Test
    void takesAnAddressAsLongAsAHeaderAndSaysWhatItCannotRead() throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            String rules = "%22" + "x".repeat(14_000) + "%22";
            assertThat(gateway.get("/api/events?filter=rule%20=%20" + rules)).startsWith("{\"events\":[]");
            assertThat(exchange(gateway, "GET /?" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                    .contains(" 414 ", "application/problem+json", "limits.header");
            assertThat(exchange(gateway, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n"))
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json", "Connection: close", "no HTTP request");
        }
    }

    @Test
    void givesUpTheLargestBodyWhereAllTogetherHoldTooMuch() throws Exception {
        int each = 3_900_000;
        long share = Math.max(2L << 22, Runtime.getRuntime().maxMemory() / 16);
        byte[] head = ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + (each + 1) + "\r\n\r\n").getBytes(UTF_8);
        List<Socket> hoarders = new ArrayList<>();
        // They go before the gateway does: its stop waits for whoever is in the middle of a request.
        try (RunningGateway gateway = RunningGateway.in(folder, "");
                Closeable leaving = () -> close(hoarders)) {
            for (long held = 0; held < share + 3L * each; held += each) {
                Socket hoarder = new Socket("127.0.0.1", gateway.port);
                hoarder.getOutputStream().write(head);
                hoarder.getOutputStream().write(new byte[each]);
                hoarders.add(hoarder);
            }
            await().untilAsserted(() -> assertThat(gateway.get("/metrics"))
                    .containsPattern("events_rejected_total\\{reason=\"no_room\"} [1-9]"));
            assertThat(gateway.post(EVENT).statusCode()).isEqualTo(200);
            assertThat(hoarders.stream().map(BoundsTest::answerOf))
                    .anyMatch(answer -> answer.startsWith("HTTP/1.1 503"));
        }
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private static void refused(RunningGateway gateway, String body, int status, String reason) throws Exception {
        HttpResponse<String> answer = gateway.post(body);
        assertThat(answer.statusCode()).as(reason).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonArray rejected = new JsonObject(gateway.get("/api/rejected")).getJsonArray("rejected");
        assertThat(rejected.getJsonObject(0).getString("reason")).isEqualTo(reason);
    }

    private static byte[] zeros() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 100; i++) {
                out.write(zeros);
            }
        }
        return packed.toByteArray();
    }

    private static String answerOf(Socket socket) {
        try {
            socket.setSoTimeout(100);
            byte[] buffer = new byte[256];
            int read = socket.getInputStream().read(buffer);
            return read < 0 ? "" : new String(buffer, 0, read, UTF_8);
        } catch (IOException nothingYet) {
            return "";
        }
    }

    /** All that is answered until the connection closes. */
    private static String exchange(RunningGateway gateway, String raw) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", gateway.port)) {
            socket.setSoTimeout((int) Patience.LIMIT.toMillis());
            socket.getOutputStream().write(raw.getBytes(UTF_8));
            InputStream in = socket.getInputStream();
            StringBuilder answer = new StringBuilder();
            byte[] buffer = new byte[4096];
            try {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    answer.append(new String(buffer, 0, read, UTF_8));
                }
            } catch (SocketTimeoutException stillOpen) {
                throw new AssertionError("the connection stays open after: " + answer, stillOpen);
            } catch (IOException reset) {
                // Closed while something was still to be read: what was answered is there.
            }
            return answer.toString();
        }
    }
}
