package io.github.falcogateway.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.falcogateway.testing.RunningGateway;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsTest {

    private static final String CRITICAL =
            "{\"rule\":\"a \\\"rare\\\" one\",\"priority\":\"Critical\",\"hostname\":\"web-1\",\"tags\":[\"b\",\"c\"]}";
    private static final String SERIES = "falco_events{hostname=\"web-1\",k8s_ns_name=\"\",k8s_pod_name=\"\","
            + "priority=\"2\",rule=\"a \\\"rare\\\" one\",source=\"syscall\",tags=\",b,c,\"} ";

    @TempDir
    Path folder;

    private Path rules;

    @BeforeEach
    void rules() throws Exception {
        rules = Files.writeString(folder.resolve("falco.yaml"), """
                - {rule: known, desc: d, priority: ERROR, tags: [z, a], condition: x, output: x}
                - {rule: off, desc: d, priority: ERROR, enabled: false, condition: x, output: x}
                """);
    }

    @Test
    void showsAPrometheusEveryNewSeriesAtZeroFirstAndEverybodyElseTheTruth() throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            assertThat(scrape(gateway)).doesNotContain("falco_events{");
            gateway.post(CRITICAL);
            await().until(() -> gateway.get("/metrics").contains(SERIES + "1.0"));
            assertThat(scrape(gateway)).contains(SERIES + "0.0").contains("priority_raw=\"critical\"");
            assertThat(gateway.get("/metrics")).contains(SERIES + "1.0");
            assertThat(scrape(gateway)).contains(SERIES + "1.0");
            assertThat(scrape(gateway, "/metrics?replica=b")).contains(SERIES + "0.0");
        }
    }

    @Test
    void countsOnOverARestart() throws Exception {
        String known =
                "falco_events{hostname=\"web-1\",k8s_ns_name=\"\",k8s_pod_name=\"\",priority=\"3\",rule=\"known\","
                        + "source=\"syscall\",tags=\",a,z,\"} 0.0";
        String more = "falco_rules: [" + rules + "]\n";
        try (RunningGateway gateway = RunningGateway.in(folder, more)) {
            gateway.post(CRITICAL);
            gateway.post(CRITICAL);
            await().until(() -> gateway.get("/metrics").contains(SERIES + "2.0"));
            assertThat(scrape(gateway)).contains(known).doesNotContain("rule=\"off\"");
        }
        try (RunningGateway gateway = RunningGateway.in(folder, more)) {
            await().until(() -> gateway.get("/metrics").contains(SERIES + "2.0"));
            assertThat(scrape(gateway)).contains(SERIES + "2.0").contains(known);
            gateway.post(CRITICAL);
            await().until(() -> gateway.get("/metrics").contains(SERIES + "3.0"));
        }
    }

    @Test
    void speaksOpenMetricsWithTheEventAsExemplar() throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            gateway.post(CRITICAL);
            await().until(() -> gateway.get("/metrics").contains(SERIES + "1.0"));
            String text = gateway.get("/metrics");
            assertThat(text).contains("# TYPE falco_events untyped").doesNotContain("# EOF", "event_id", "_created");
            String metrics = gateway.send(
                            "GET", "/metrics", "", "Accept", "application/openmetrics-text; version=1.0.0")
                    .body();
            assertThat(metrics).endsWith("# EOF\n").contains("# TYPE falco_events unknown", SERIES + "1.0\n");
            assertThat(lines(metrics, "falcosecurity_falcosidekick_falco_events_total{"))
                    .singleElement()
                    .asString()
                    .contains("} 1.0 # {event_id=\"1\"} 1.0 ");
            assertThat(lines(metrics, "falcosecurity_falcosidekick_falco_events_created{"))
                    .hasSize(1);
            assertThat(lines(metrics, "falco_gateway_event_delivery_seconds_bucket{sink=\"metrics\""))
                    .anyMatch(line -> line.contains("# {event_id=\"1\"}"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.2,*/*;q=0.1 | application/openmetrics-text
                    text/plain;version=0.0.4;q=0.5,application/openmetrics-text;version=1.0.0;q=0.4,*/*;q=0.1 | text/plain
                    application/openmetrics-text;q=0                                                          | text/plain
                    */*                                                                                       | text/plain
                    """)
    void speaksTheFormatThatTheScraperLikesBest(String accept, String type) throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            assertThat(gateway.send("GET", "/metrics", "", "Accept", accept)
                            .headers()
                            .firstValue("content-type"))
                    .hasValueSatisfying(said -> assertThat(said).startsWith(type));
        }
    }

    @Test
    void leavesFalcosidekicksNamesOutWhereTheyAreNotWanted() throws Exception {
        Path config = folder.resolve("own.yaml");
        Files.writeString(
                config,
                RunningGateway.config(folder, 0).replace("{type: prometheus}", "{type: prometheus, compat: []}"));
        try (RunningGateway gateway = RunningGateway.of(folder, config)) {
            gateway.post(CRITICAL);
            await().until(() -> gateway.get("/metrics").contains(SERIES + "1.0"));
            assertThat(gateway.get("/metrics"))
                    .contains("falco_gateway_build_info")
                    .doesNotContain("falcosidekick");
        }
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            assertThat(gateway.get("/metrics"))
                    .contains("falcosecurity_falcosidekick_inputs_total{")
                    .contains("falcosecurity_falcosidekick_outputs_total{");
        }
    }

    @Test
    void packsTheScrapeForWhoCanUnpackIt() throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            HttpRequest scrape = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port + "/metrics"))
                    .header("Accept-Encoding", "gzip")
                    .build();
            HttpResponse<byte[]> answer =
                    HttpClient.newHttpClient().send(scrape, HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
            GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(answer.body()));
            assertThat(new String(unpacked.readAllBytes(), UTF_8)).contains("falco_gateway_build_info{");
            assertThat(gateway.send("GET", "/metrics", "", "Accept-Encoding", "gzip;q=0")
                            .body())
                    .contains("falco_gateway_build_info{");
        }
    }

    private static List<String> lines(String metrics, String prefix) {
        return metrics.lines().filter(line -> line.startsWith(prefix)).toList();
    }

    private static String scrape(RunningGateway gateway) throws Exception {
        return scrape(gateway, "/metrics");
    }

    private static String scrape(RunningGateway gateway, String path) throws Exception {
        return gateway.send("GET", path, "", "User-Agent", "Prometheus/3.5.0").body();
    }
}
