package io.github.falcogateway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.testing.RunningGateway;
import io.github.falcogateway.testing.StoreFile;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever adds or ends a silence on a disk that refuses is told so, and what he is told holds. */
class SilencesOnAFullDiskTest {

    private static final String SILENCE =
            "{\"condition\":\"host = %s\",\"author\":\"ann\",\"comment\":\"c\",\"end\":\"%s\"}";

    @TempDir
    Path folder;

    @Test
    void oneThatIsNotKeptIsNotInForceAndNeverComesBack() throws Exception {
        StoreFile disk = new StoreFile(folder.resolve("data"));
        String kept;
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            kept = id(add(gateway, "a"));
            disk.refuse();
            HttpResponse<String> refused = add(gateway, "b");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(gateway.get("/api/silences")).contains("host = a").doesNotContain("host = b");
            HttpResponse<String> ended = gateway.send("DELETE", "/api/silences/" + kept);
            assertThat(ended.statusCode()).isEqualTo(503);
            assertThat(gateway.get("/api/silences")).contains("\"state\":\"expired\"");
            disk.accept();
            assertThat(add(gateway, "c").statusCode()).isEqualTo(201);
        }
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            assertThat(gateway.get("/api/silences"))
                    .contains("host = a", "\"state\":\"expired\"", "host = c", "\"state\":\"active\"")
                    .doesNotContain("host = b");
        }
    }

    private static HttpResponse<String> add(RunningGateway gateway, String host) throws Exception {
        String end = Instant.now().plusSeconds(3600).toString();
        return gateway.send("POST", "/api/silences", SILENCE.formatted(host, end));
    }

    private static String id(HttpResponse<String> added) {
        return new JsonObject(added.body()).getString("id");
    }
}
