package io.github.falcogateway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.testing.Certificates;
import io.github.falcogateway.testing.Patience;
import io.github.falcogateway.testing.RunningGateway;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client of HTTP/2 is answered. */
class Http2Test {

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private RunningGateway gateway;
    private HttpClient client;

    @BeforeEach
    void speakOverTls() throws Exception {
        Certificates own = Certificates.of(folder, "gateway");
        String tls = "{http: \"127.0.0.1:0\", tls: {cert: " + own.cert() + ", key: " + own.key() + "}}";
        Path config = folder.resolve("gateway.yaml");
        Files.writeString(config, RunningGateway.config(folder, 0).replace("{http: \"127.0.0.1:0\"}", tls));
        gateway = RunningGateway.of(folder, config);
        client = vertx.createHttpClient(new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setSsl(true)
                .setUseAlpn(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setDefaultHost("127.0.0.1")
                .setDefaultPort(gateway.port));
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
        gateway.close();
    }

    @Test
    void refusesWhatIsTooLargeBeforeItIsSent() throws Exception {
        HttpClientRequest large = request(HttpMethod.POST, "/");
        large.putHeader("Expect", "100-continue").putHeader("Content-Length", "5000000");
        await(large.sendHead());
        HttpClientResponse answer = await(large.response());
        assertThat(answer.statusCode()).isEqualTo(413);
        // HTTP/2 forbids it: curl takes such an answer for a broken one.
        assertThat(answer.getHeader("Connection")).isNull();
    }

    private HttpClientRequest request(HttpMethod method, String path) throws Exception {
        return await(client.request(method, path));
    }

    private static <T> T await(Future<T> future) throws Exception {
        return Patience.get(future);
    }
}
