package io.github.falcogateway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.falcogateway.testing.RunningGateway;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The event stream as clients see it. */
class StreamTest {

    @TempDir
    Path folder;

    /** A client that collects what it is told on a thread of its own. */
    private static final class Client {
        private final List<Long> ids = new CopyOnWriteArrayList<>();
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final HttpResponse<Stream<String>> answer;

        Client(RunningGateway gateway, String path, String... headers) throws Exception {
            answer = gateway.stream(path, headers);
            Thread reader = new Thread(this::read);
            reader.setDaemon(true);
            reader.start();
            await().until(() -> lines.stream().anyMatch(line -> line.contains("latest")));
        }

        private void read() {
            try {
                Iterator<String> all = answer.body().iterator();
                while (all.hasNext()) {
                    String line = all.next();
                    lines.add(line);
                    if (line.startsWith("data: ") && line.contains("\"gateway\"")) {
                        ids.add(Long.parseLong(new JsonObject(line.substring(6))
                                .getJsonObject("gateway")
                                .getString("id")));
                    }
                }
            } catch (RuntimeException ended) {
                lines.add("ended");
            }
        }

        JsonObject hello() {
            return lines.stream()
                    .filter(line -> line.contains("latest"))
                    .map(line -> new JsonObject(line.substring(6)))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void givesEveryClientWhatItAskedForOnceAndInOrder() throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            gateway.post(events(0, 100));
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String filter = i % 4 == 0 ? "" : i % 4 == 3 ? "proc.name = p" + i % 5 : "host = web-" + i % 7;
                clients.add(new Client(gateway, "/api/stream?since=0&filter=" + encoded(filter)));
            }
            for (int from = 100; from < 1000; from += 25) {
                gateway.post(events(from, 25));
            }
            for (int i = 0; i < 40; i++) {
                int n = i;
                List<Long> expected = LongStream.rangeClosed(1, 1000)
                        .filter(id -> n % 4 == 0 || (n % 4 == 3 ? (id - 1) % 5 == n % 5 : (id - 1) % 7 == n % 7))
                        .boxed()
                        .toList();
                await().untilAsserted(() -> assertThat(clients.get(n).ids).hasSameSizeAs(expected));
                assertThat(clients.get(n).ids).containsExactlyElementsOf(expected);
            }
            assertThat(gateway.get("/metrics")).contains("falco_gateway_sse_clients 40.0");
        }
    }

    @Test
    void takesNoIdForATime() throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            gateway.post(events(0, 3));
            // So many digits may be seconds or milliseconds since 1970, of before these events came.
            for (String id : List.of("123456789", "1700000000", "1700000000000", "99999999999999")) {
                Client header = new Client(gateway, "/api/stream", "Last-Event-ID", id);
                Client query = new Client(gateway, "/api/stream?since=2&after=" + id);
                assertThat(header.hello().getBoolean("gap")).as(id).isTrue();
                assertThat(query.hello().getBoolean("gap")).as(id).isTrue();
            }
            Client known = new Client(gateway, "/api/stream?after=1");
            assertThat(known.hello().getBoolean("gap")).isFalse();
            Client time = new Client(gateway, "/api/stream?since=1700000000");
            assertThat(time.hello().getBoolean("gap")).isFalse();
            await().until(() -> known.ids.equals(List.of(2L, 3L)) && time.ids.equals(List.of(1L, 2L, 3L)));
        }
    }

    @Test
    void saysWhatIsGoneAndAnswersAResumingClientAlwaysWith200() throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            gateway.post(events(0, 10));
            Client beyond = new Client(gateway, "/api/stream", "Last-Event-ID", "4711");
            assertThat(beyond.hello().getBoolean("gap")).isTrue();
            assertThat(beyond.hello().getString("oldest")).isEqualTo("1");
            assertThat(beyond.hello().getString("latest")).isEqualTo("10");
            Client garbage = new Client(gateway, "/api/stream", "Last-Event-ID", "no id 99999999999999999999");
            assertThat(garbage.hello().getBoolean("gap")).isTrue();
            Client since = new Client(gateway, "/api/stream?since=1h");
            assertThat(since.hello().getBoolean("gap")).isFalse();
            Client millis = new Client(gateway, "/api/stream?since=" + (System.currentTimeMillis() - 3_600_000));
            assertThat(millis.hello().getBoolean("gap")).isFalse();
            await().until(() -> since.ids.size() == 10 && millis.ids.size() == 10);
            gateway.post(events(10, 1));
            await().until(() -> beyond.ids.equals(List.of(11L)) && garbage.ids.equals(List.of(11L)));
            HttpResponse<String> wrong = gateway.send("GET", "/api/stream?since=5&filter=" + encoded("rule ="));
            assertThat(wrong.statusCode()).isEqualTo(200);
            assertThat(wrong.body()).contains("event: error\ndata: {\"detail\":", "\"at\":6");
            HttpResponse<String> fresh = gateway.send("GET", "/api/stream?filter=" + encoded("rule ="));
            assertThat(fresh.statusCode()).isEqualTo(400);
            assertThat(new JsonObject(fresh.body()).getInteger("at")).isEqualTo(6);
            assertThat(since.answer.headers().firstValue("X-Accel-Buffering")).contains("no");
            assertThat(since.answer.headers().firstValue("Cache-Control")).contains("no-cache, no-transform");
        }
    }

    @Test
    void goesOnAfterARestartWithoutLossOrRepetition() throws Exception {
        int port;
        List<Long> seen;
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            port = gateway.port;
            Client client = new Client(gateway, "/api/stream");
            gateway.post(events(0, 20));
            await().until(() -> client.ids.size() == 20);
            gateway.post(events(20, 5));
            await().until(() -> client.ids.size() == 25);
            seen = new ArrayList<>(client.ids);
        }
        try (RunningGateway gateway = RunningGateway.on(port, folder, "")) {
            gateway.post(events(25, 5));
            Client client = new Client(gateway, "/api/stream", "Last-Event-ID", Long.toString(seen.get(19)));
            assertThat(client.hello().getBoolean("gap")).isFalse();
            await().until(() -> client.ids.size() == 10);
            assertThat(client.ids)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(21, 30).boxed().toList());
        }
    }

    @Test
    void leavesAClientThatDoesNotReadBehindAndLosesNothingForIt() throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "");
                Socket slow = asking(gateway, "")) {
            Client fast = new Client(gateway, "/api/stream");
            await().until(() -> gateway.get("/metrics").contains("falco_gateway_sse_clients 2.0"));
            String padding = "x".repeat(2000);
            int many = 6_000;
            for (int from = 0; from < many; from += 1000) {
                StringBuilder body = new StringBuilder();
                for (int i = 0; i < 1000; i++) {
                    body.append("{\"rule\":\"r\",\"priority\":\"Error\",\"output\":\"")
                            .append(padding)
                            .append("\"}\n");
                }
                assertThat(gateway.post(body.toString()).statusCode()).isEqualTo(200);
            }
            await().until(() -> fast.ids.size() == many);
            List<Long> seen = readIds(slow, many);
            while (seen.size() < many) {
                // Half a minute without a byte taken, and it is cut off: it comes again, as a browser does.
                try (Socket again = asking(gateway, "Last-Event-ID: " + seen.size() + "\r\n")) {
                    seen.addAll(readIds(again, many - seen.size()));
                }
            }
            assertThat(seen)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, many).boxed().toList());
        }
    }

    private static Socket asking(RunningGateway gateway, String header) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress("127.0.0.1", gateway.port));
        String request = "GET /api/stream HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** So many ids, or fewer where the stream ends before. */
    private static List<Long> readIds(Socket from, int many) {
        List<Long> ids = new ArrayList<>();
        try {
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(from.getInputStream(), StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null && ids.size() < many; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    ids.add(Long.parseLong(line.substring(4)));
                }
            }
        } catch (IOException cut) {
            // What came until then counts.
        }
        return ids;
    }

    private static String events(int from, int count) {
        StringBuilder events = new StringBuilder();
        for (int i = from; i < from + count; i++) {
            events.append("{\"rule\":\"r\",\"priority\":\"Error\",\"hostname\":\"web-")
                    .append(i % 7)
                    .append("\",\"output_fields\":{\"proc.name\":\"p")
                    .append(i % 5)
                    .append("\"}}\n");
        }
        return events.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
