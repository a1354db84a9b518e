package io.github.falcogateway.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.falcogateway.testing.FakeDiscord;
import io.github.falcogateway.testing.Patience;
import io.github.falcogateway.testing.RunningGateway;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayTest {

    private static final String EVENT = "{\"rule\":\"r\",\"priority\":\"Error\"}";

    @TempDir
    Path folder;

    @Test
    void carriesTheSeedEventsFromEndToEnd() throws Exception {
        List<String> seed = Files.readAllLines(Path.of("src/test/resources/events/seed-events.ndjson"));
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            for (String event : seed) {
                HttpResponse<String> answer = gateway.post(event);
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo("{\"accepted\":1}");
            }
            await().until(() -> gateway.lines().size() == seed.size());
            List<String> lines = gateway.lines();
            for (int i = 0; i < seed.size(); i++) {
                String sent = seed.get(i).strip();
                assertThat(lines.get(i))
                        .startsWith(sent.substring(0, sent.length() - 1)
                                + ",\"hostname\":\"127.0.0.1\",\"gateway\":{\"id\":\"" + (i + 1) + "\",");
            }
            String metrics = gateway.get("/metrics");
            assertThat(sum(metrics, "falco_events{")).isEqualTo(7);
            assertThat(metrics.lines()
                            .filter(line -> line.contains("Write below binary dir") && line.startsWith("falco_events")))
                    .singleElement()
                    .asString()
                    .contains("priority=\"3\"");
            assertThat(new JsonObject(gateway.get("/api/events?limit=3")).getJsonArray("events"))
                    .hasSize(3);
            assertThat(gateway.get("/")).contains("<title>falco-gateway</title>");
        }
    }

    @Test
    void answersBadInputAsDocumented() throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "limits: {body: 1MiB, events_per_request: 10}\n")) {
            assertThat(gateway.post("").statusCode()).isEqualTo(400);
            assertThat(gateway.post("[]").body()).isEqualTo("{\"accepted\":0}");
            assertThat(gateway.post("{\"rule\":\"x").statusCode()).isEqualTo(400);
            assertThat(gateway.post("12:00:00 Error text output").statusCode()).isEqualTo(400);
            assertThat(gateway.post(new byte[] {'{', (byte) 0xFF, '}'}).statusCode())
                    .isEqualTo(400);
            assertThat(gateway.post("[".repeat(10_000)).statusCode()).isEqualTo(400);
            assertThat(gateway.post(gzip(new byte[100_000_000]), "Content-Encoding", "gzip")
                            .statusCode())
                    .isEqualTo(413);
            assertThat(gateway.post(new byte[2_000_000]).statusCode()).isEqualTo(413);
            assertThat(gateway.post((EVENT + "\n").repeat(11)).statusCode()).isEqualTo(413);
            assertThat(gateway.post(EVENT, "Content-Encoding", "br").statusCode())
                    .isEqualTo(415);
            assertThat(gateway.post("no gzip", "Content-Encoding", "gzip").statusCode())
                    .isEqualTo(400);
            HttpResponse<String> partial = gateway.post("[" + EVENT + ",{\"rule\":\"x\"}]");
            assertThat(partial.statusCode()).isEqualTo(400);
            assertThat(partial.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(new JsonObject(partial.body()).getInteger("accepted")).isEqualTo(1);
            assertThat(new JsonObject(partial.body())
                            .getJsonArray("rejected")
                            .getJsonObject(0)
                            .getInteger("index"))
                    .isEqualTo(1);
            HttpResponse<String> method = gateway.send("DELETE", "/");
            assertThat(method.statusCode()).isEqualTo(405);
            assertThat(method.headers().firstValue("Allow"))
                    .hasValueSatisfying(allow -> assertThat(allow).contains("POST"));
            JsonArray rejected = new JsonObject(gateway.get("/api/rejected")).getJsonArray("rejected");
            assertThat(rejected).hasSizeGreaterThan(9);
            String metrics = gateway.get("/metrics");
            assertThat(sum(metrics, "falco_gateway_events_received_total"))
                    .isEqualTo(sum(metrics, "falco_gateway_events_journaled_total")
                            + sum(metrics, "falco_gateway_events_rejected_total"));
        }
    }

    @Test
    void takesWhatRealSendersSend() throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            ByteArrayOutputStream deflated = new ByteArrayOutputStream();
            try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
                out.write((EVENT + "\n" + EVENT).getBytes(UTF_8));
            }
            assertThat(gateway.post(gzip(EVENT.getBytes(UTF_8)), "Content-Encoding", "gzip")
                            .body())
                    .isEqualTo("{\"accepted\":1}");
            assertThat(gateway.post(deflated.toByteArray(), "Content-Encoding", "deflate")
                            .body())
                    .isEqualTo("{\"accepted\":2}");
            String raw = "POST /events HTTP/1.1\r\nHost: x\r\nConnection: TE\r\nExpect: 100-continue\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(EVENT.length()) + "\r\n" + EVENT
                    + "\r\n0\r\n\r\n";
            try (Socket socket = new Socket("127.0.0.1", gateway.port)) {
                socket.getOutputStream().write(raw.getBytes(UTF_8));
                StringBuilder answer = new StringBuilder();
                byte[] buffer = new byte[4096];
                while (!answer.toString().contains("accepted")) {
                    int read = socket.getInputStream().read(buffer);
                    assertThat(read).as(answer.toString()).isPositive();
                    answer.append(new String(buffer, 0, read, UTF_8));
                }
                assertThat(answer.toString()).startsWith("HTTP/1.1 100").contains("200 OK", "{\"accepted\":1}");
            }
            assertThat(gateway.send("POST", "/test").body()).isEqualTo("{\"accepted\":1}");
            assertThat(gateway.get("/ping")).isEqualTo("pong");
            assertThat(gateway.get("/healthz")).isEqualTo("{\"status\":\"ok\"}");
            assertThat(gateway.send("GET", "/readyz").statusCode()).isEqualTo(200);
            await().until(() -> gateway.lines().size() == 5);
        }
    }

    @Test
    void deliversToDiscordWhenItComesBackAndNothingTwiceToTheFile() throws Exception {
        Files.writeString(folder.resolve("routes.yaml"), """
                - route: chat
                  condition: priority >= Error
                  to: [chat, archive]
                """);
        io.vertx.core.Vertx vertx = io.vertx.core.Vertx.vertx();
        try (FakeDiscord discord = FakeDiscord.start(vertx)) {
            FakeDiscord.Answer down = FakeDiscord.Answer.status(503);
            discord.next(down, down, down);
            String chat = "  chat: {type: discord, url: \"" + discord.url() + "\", retry: {min: 10ms, max: 50ms}}\n";
            try (RunningGateway gateway = RunningGateway.in(folder, chat)) {
                for (int i = 0; i < 25; i++) {
                    assertThat(gateway.post("{\"rule\":\"rule " + i + "\",\"priority\":\"Critical\"}")
                                    .statusCode())
                            .isEqualTo(200);
                }
                await().until(() -> discord.embeds().size() >= 25);
                assertThat(discord.embeds()).hasSize(25);
                assertThat(gateway.lines()).hasSize(25).doesNotHaveDuplicates();
                JsonObject sink = new JsonObject(gateway.get("/api/sinks"))
                        .getJsonArray("sinks").stream()
                                .map(JsonObject.class::cast)
                                .filter(one -> one.getString("name").equals("chat"))
                                .findFirst()
                                .orElseThrow();
                assertThat(sink.getString("last_error")).startsWith("server_error");
            }
        } finally {
            Patience.get(vertx.close());
        }
    }

    @Test
    void streamsLiveAndResumesWithoutLossOrDoubles() throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            gateway.post((EVENT + "\n").repeat(10));
            HttpResponse<Stream<String>> answer = gateway.stream("/api/stream", "Last-Event-ID", "4");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-cache, no-transform");
            List<Long> ids = new ArrayList<>();
            Iterator<String> lines = answer.body().iterator();
            assertThat(lines.next()).startsWith(":");
            assertThat(lines.next()).startsWith("retry:");
            boolean hello = false;
            while (ids.size() < 16) {
                String line = lines.next();
                hello |= line.equals("event: hello");
                if (line.startsWith("id: ")) {
                    assertThat(hello).isTrue();
                    ids.add(Long.parseLong(line.substring(4)));
                    if (ids.size() == 6) {
                        gateway.post((EVENT + "\n").repeat(10));
                    }
                }
            }
            assertThat(ids).containsExactly(5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L, 20L);
            assertThat(gateway.send("GET", "/api/stream?filter=priority%20%3E%3D")
                            .statusCode())
                    .isEqualTo(400);
            assertThat(gateway.send("GET", "/api/stream?since=1&filter=priority%20%3E%3D")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void reloadsAllOrNothing() throws Exception {
        Path routes = folder.resolve("routes.yaml");
        Files.writeString(routes, "- {route: all, condition: priority >= Debug, to: [archive]}\n");
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            Files.writeString(routes, "- {route: none, condition: priority >= Dbug, to: []}\n");
            HttpResponse<String> bad = gateway.send("POST", "/-/reload");
            assertThat(bad.statusCode()).isEqualTo(400);
            assertThat(bad.body()).contains("routes.yaml:1:");
            gateway.post(EVENT);
            await().until(() -> gateway.lines().size() == 1);
            Files.writeString(routes, "- {route: none, condition: priority >= Debug, to: []}\n");
            assertThat(gateway.send("POST", "/-/reload").statusCode()).isEqualTo(200);
            gateway.post(EVENT);
            await().until(() -> gateway.get("/api/sinks").contains("\"cursor\":\"2\""));
            assertThat(gateway.lines()).hasSize(1);
        }
    }

    private static double sum(String metrics, String prefix) {
        Pattern value = Pattern.compile("^" + Pattern.quote(prefix) + ".* ([0-9.E]+)$", Pattern.MULTILINE);
        Matcher matcher = value.matcher(metrics);
        double sum = 0;
        while (matcher.find()) {
            sum += Double.parseDouble(matcher.group(1));
        }
        return sum;
    }

    private static byte[] gzip(byte[] plain) throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }
}
