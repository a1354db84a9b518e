package io.github.falcogateway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.auth.Passwords;
import io.github.falcogateway.testing.RunningGateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each path takes HEAD where it takes GET, and says what it takes where it is asked by another method. */
class MethodsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void answersHeadAsGetWithoutABody(HttpClient.Version version) throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            for (String path : List.of("/", "/ping", "/healthz", "/readyz", "/api/session", "/api/openapi.json")) {
                HttpResponse<String> head = ask(gateway, version, "HEAD", path);
                HttpResponse<String> get = ask(gateway, version, "GET", path);
                assertThat(head.version()).isEqualTo(version);
                assertThat(head.statusCode()).as(path).isEqualTo(200);
                assertThat(head.body()).isEmpty();
                assertThat(get.body()).isNotEmpty();
                assertThat(head.headers().map()).isEqualTo(get.headers().map());
            }
            for (String path : List.of("/metrics", "/api/stream", "/api/events?format=csv")) {
                assertThat(ask(gateway, version, "HEAD", path).statusCode()).isEqualTo(200);
            }
            assertThat(ask(gateway, version, "HEAD", "/nothing").statusCode()).isEqualTo(404);
            assertThat(ask(gateway, version, "HEAD", "/events").statusCode()).isEqualTo(405);
            assertThat(gateway.get("/metrics")).contains("falco_gateway_sse_clients 0.0");
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void sendsNoBodyToAStrangersHead(HttpClient.Version version) throws Exception {
        Path people =
                Files.writeString(folder.resolve("htpasswd"), "ann:" + Passwords.hash("secret".toCharArray()) + "\n");
        String auth = "auth: {view: {htpasswd: " + people + "}}\n";
        try (RunningGateway gateway = RunningGateway.in(folder, auth)) {
            for (String path : List.of("/", "/metrics", "/api/events", "/nothing")) {
                HttpResponse<String> head = ask(gateway, version, "HEAD", path);
                assertThat(head.statusCode()).isEqualTo(401);
                assertThat(head.body()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE  | /                 | GET, HEAD, POST, PUT",
                "GET     | /events           | POST, PUT",
                "OPTIONS | /metrics          | GET, HEAD",
                "GET     | /test             | POST",
                "PUT     | /api/silences     | DELETE, GET, HEAD, POST",
                "HEAD    | /api/sinks/a/test | POST"
            })
    void saysWhatAPathTakes(String method, String path, String allowed) throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            HttpResponse<String> answer = gateway.send(method, path);
            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow")).hasValue(allowed);
        }
    }

    private static HttpResponse<String> ask(
            RunningGateway gateway, HttpClient.Version version, String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port + path))
                .version(version)
                .timeout(Duration.ofSeconds(20))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
