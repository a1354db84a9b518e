package io.github.falcogateway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.falcogateway.testing.RunningGateway;
import io.github.falcogateway.testing.StreamSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The event stream as clients see it that take gzip. */
class GzipStreamTest {

    private static final String GZIP = "Accept-Encoding: gzip, deflate, br\r\n";
    /** So many that what they get is worth compressing. */
    private static final int MANY = 20;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, MANY})
    void tellsEachEventAtOnce(int clients) throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            List<StreamSocket> streams = open(gateway, clients, "/api/stream", GZIP);
            assertThat(streams.get(0).head()).contains("content-encoding: gzip", "vary: accept-encoding");
            StreamSocket plain = new StreamSocket(gateway.port, "/api/stream", "");
            await().until(() -> plain.lines().contains("event: hello"));
            for (int i = 1; i <= 5; i++) {
                // The next one comes when everybody has this one: nothing waits for what follows it.
                gateway.post(event("web-" + i, 10));
                List<String> ids = List.of("id: " + i);
                for (StreamSocket stream : streams) {
                    await().until(() -> stream.lines().containsAll(ids));
                }
            }
            await().until(() -> plain.lines().contains("id: 5"));
            List<String> told =
                    plain.lines().stream().filter(GzipStreamTest::isOfAnEvent).toList();
            assertThat(told).hasSize(2 + 3 * 5);
            for (StreamSocket stream : streams) {
                assertThat(stream.lines())
                        .filteredOn(GzipStreamTest::isOfAnEvent)
                        .containsExactlyElementsOf(told);
            }
        }
    }

    @Test
    void sendsWhatManyGetInFewerBytes() throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            List<StreamSocket> streams = open(gateway, MANY, "/api/stream", GZIP);
            gateway.post(event("web-1", 3000).repeat(50));
            for (StreamSocket stream : streams) {
                await().until(() -> stream.lines().contains("id: 50"));
                assertThat(stream.bodyBytes()).isLessThan(50 * 1000);
            }
        }
    }

    @Test
    void tellsOnlyWhatWasAskedForFromThePlaceThatWasAskedFor() throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            for (int i = 1; i <= 100; i++) {
                gateway.post(event("web-" + i % 2, 10));
            }
            List<StreamSocket> streams =
                    open(gateway, MANY, "/api/stream?filter=host+%3D+web-1", GZIP + "Last-Event-ID: 50\r\n");
            for (int i = 101; i <= 120; i++) {
                gateway.post(event("web-" + i % 2, 10));
            }
            List<String> expected = new ArrayList<>();
            for (int i = 51; i <= 120; i += 2) {
                expected.add("id: " + i);
                expected.add("event: falco");
            }
            for (StreamSocket stream : streams) {
                await().until(() -> stream.lines().contains("id: 119"));
                assertThat(stream.lines())
                        .filteredOn(line -> line.startsWith("id: ") || line.equals("event: falco"))
                        .containsSubsequence(expected)
                        .filteredOn("event: falco"::equals)
                        .hasSize(35);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, MANY})
    void endsWithTheChecksumOfAll(int clients) throws Exception {
        List<StreamSocket> streams;
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            streams = open(gateway, clients, "/api/stream", GZIP);
            gateway.post(event("web-1", 3000).repeat(200));
            for (StreamSocket stream : streams) {
                await().until(() -> stream.lines().contains("id: 200"));
            }
        }
        for (StreamSocket stream : streams) {
            await().until(() -> !stream.end().isEmpty());
            assertThat(stream.end()).isEqualTo("whole");
            assertThat(stream.lines()).contains("retry: 1000");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Accept-Encoding: br\r\n",
                "Accept-Encoding: gzip;q=0, br\r\n",
                "Accept-Encoding: GZIP; Q=0.0\r\n"
            })
    void isPlainWhereGzipIsNotTaken(String headers) throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            StreamSocket stream = open(gateway, 1, "/api/stream", headers).get(0);
            gateway.post(event("web-1", 10));
            await().until(() -> stream.lines().contains("id: 1"));
            assertThat(stream.head()).contains("vary: accept-encoding").doesNotContain("content-encoding");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Accept-Encoding: GZip;q=0.5\r\n", "Accept-Encoding: br\r\nAccept-Encoding: identity, gzip\r\n"})
    void isGzipHoweverItIsAskedFor(String headers) throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            StreamSocket stream = open(gateway, 1, "/api/stream", headers).get(0);
            assertThat(stream.head()).contains("content-encoding: gzip");
            HttpResponse<String> head = gateway.send("HEAD", "/api/stream", "", "Accept-Encoding", "gzip");
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.headers().firstValue("Content-Encoding")).hasValue("gzip");
            assertThat(head.body()).isEmpty();
        }
    }

    private static boolean isOfAnEvent(String line) {
        return line.startsWith("id: ") || line.startsWith("event: ") || line.startsWith("data: {\"");
    }

    private static List<StreamSocket> open(RunningGateway gateway, int count, String path, String headers)
            throws Exception {
        List<StreamSocket> streams = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StreamSocket stream = new StreamSocket(gateway.port, path, headers);
            await().until(() -> stream.lines().contains("event: hello"));
            streams.add(stream);
        }
        return streams;
    }

    private static String event(String host, int padding) {
        return "{\"rule\":\"r\",\"priority\":\"Error\",\"hostname\":\"" + host + "\",\"output\":\""
                + "x".repeat(padding) + "\"}\n";
    }
}
