package io.github.falcogateway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.testing.RunningGateway;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events of nearly a megabyte are asked for like any others, a few at a time. */
class LargeEventsTest {

    private static final int EVENTS = 7;

    @TempDir
    Path folder;

    private RunningGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = RunningGateway.in(folder, "");
        for (int i = 1; i <= EVENTS; i++) {
            String event = "{\"rule\":\"r\",\"priority\":\"Error\",\"output\":\"" + "x".repeat(900_000) + "\"}";
            assertThat(gateway.post(event).statusCode()).isEqualTo(200);
        }
    }

    @AfterEach
    void end() throws Exception {
        gateway.close();
    }

    @Test
    void anAnswerEndsBeforeItIsTooLargeAndSaysWhereToGoOn() throws Exception {
        JsonObject first = new JsonObject(gateway.get("/api/events?limit=1000"));
        assertThat(ids(first)).containsExactly(7L, 6L, 5L, 4L, 3L);
        assertThat(first.getString("next")).isEqualTo("3");
        JsonObject rest = new JsonObject(gateway.get("/api/events?limit=1000&before=3"));
        assertThat(ids(rest)).containsExactly(2L, 1L);
        assertThat(rest.getString("next")).isNull();
    }

    @Test
    void anExportHasThemAll() throws Exception {
        assertThat(gateway.get("/api/events?format=ndjson").lines().map(LargeEventsTest::id))
                .containsExactly(7L, 6L, 5L, 4L, 3L, 2L, 1L);
        assertThat(gateway.get("/api/events?format=ndjson&limit=3").lines().map(LargeEventsTest::id))
                .containsExactly(7L, 6L, 5L);
    }

    @Test
    void streamsThatResumeGetThemAllInTheirOrder() throws Exception {
        HttpResponse<Stream<String>> one = gateway.stream("/api/stream?since=0");
        HttpResponse<Stream<String>> other = gateway.stream("/api/stream?since=3");
        assertThat(told(one, EVENTS)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(told(other, EVENTS - 3)).containsExactly(4L, 5L, 6L, 7L);
    }

    private static List<Long> told(HttpResponse<Stream<String>> stream, int events) {
        return stream.body()
                .filter(line -> line.startsWith("data: {\"rule"))
                .limit(events)
                .map(line -> id(line.substring("data: ".length())))
                .toList();
    }

    private static List<Long> ids(JsonObject page) {
        JsonArray events = page.getJsonArray("events");
        return events.stream().map(event -> id(((JsonObject) event).encode())).toList();
    }

    private static long id(String event) {
        return Long.parseLong(new JsonObject(event).getJsonObject("gateway").getString("id"));
    }
}
