package io.github.falcogateway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.testing.RunningGateway;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doorway holds back: a source over its rate, and the same event again. */
class HeldAtTheDoorTest {

    private static final String EVENT =
            "{\"rule\":\"R\",\"priority\":\"Error\",\"hostname\":\"web-1\",\"output\":\"%s\"%s}";

    @TempDir
    Path folder;

    @Test
    void answers429AndWhenToComeAgainToASourceOverItsRate() throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "limits: {per_source: 60/m}\n")) {
            assertThat(gateway.post(event("1", "")).statusCode()).isEqualTo(200);
            HttpResponse<String> answer = gateway.post(event("2", ""));
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(gateway.get("/api/rejected")).contains("rate_limited", "web-1"));
            Awaitility.await()
                    .untilAsserted(() -> assertThat(gateway.post(event("3", "")).statusCode())
                            .isEqualTo(200));
        }
    }

    @Test
    void routesAnEventOnceThatComesAgainWithinTheWindow() throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "dedup: {window: 1m}\n")) {
            String known = event("other text each time", ",\"uuid\":\"7a3c\"");
            assertThat(gateway.post(known).body()).contains("\"accepted\":1");
            assertThat(gateway.post(known.replace("other", "another")).body()).contains("\"accepted\":1");
            String same = event("a", "");
            assertThat(gateway.post(same + "\n" + same + "\n" + event("b", "")).body())
                    .contains("\"accepted\":3");
            assertThat(gateway.post(same.replace("web-1", "web-2")).statusCode())
                    .isEqualTo(200);
            Awaitility.await().untilAsserted(() -> assertThat(gateway.lines()).hasSize(4));
            assertThat(gateway.get("/metrics")).contains("falco_gateway_events_duplicate_total 2.0");
        }
    }

    private static String event(String output, String more) {
        return EVENT.formatted(output, more);
    }
}
