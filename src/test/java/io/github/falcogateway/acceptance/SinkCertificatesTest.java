package io.github.falcogateway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.falcogateway.testing.Certificates;
import io.github.falcogateway.testing.RunningGateway;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sink whose certificates are renewed under the same names goes on with them after a reload. */
class SinkCertificatesTest {

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger received = new AtomicInteger();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Test
    void aReloadTakesACertificateThatChanged() throws Exception {
        Certificates server = Certificates.of(folder, "server");
        Path ca = folder.resolve("ca.pem");
        Files.copy(Certificates.of(folder, "other").cert(), ca);
        String sinks = "  out: {type: http, url: \"https://127.0.0.1:" + listen(server) + "/\", tls: {ca: " + ca
                + "}, retry: {min: 10ms, max: 100ms}}\ndefault: [out]\n";
        Path config = folder.resolve("gateway.yaml");
        Files.writeString(
                config, RunningGateway.config(folder, 0).replace("default: [archive, metrics]\n", "") + sinks);
        try (RunningGateway gateway = RunningGateway.of(folder, config)) {
            assertThat(gateway.post("{\"rule\":\"R\",\"priority\":\"Error\"}").statusCode())
                    .isEqualTo(200);
            await().until(() -> gateway.get("/api/sinks").contains("not trusted"));
            Files.writeString(ca, "no certificate");
            HttpResponse<String> refused = gateway.send("POST", "/-/reload");
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("ca.pem holds no certificate in PEM form");
            Files.copy(server.cert(), ca, StandardCopyOption.REPLACE_EXISTING);
            assertThat(gateway.send("POST", "/-/reload").statusCode()).isEqualTo(200);
            await().until(() -> received.get() == 1);
        }
    }

    @Test
    void alertsGoToAnAlertmanagerBehindAnAuthorityOfItsOwn() throws Exception {
        Certificates server = Certificates.of(folder, "server");
        String sinks = "  out: {type: alertmanager, url: \"https://127.0.0.1:" + listen(server) + "\", tls: {ca: "
                + server.cert() + "}}\ndefault: [out]\n";
        Path config = folder.resolve("gateway.yaml");
        Files.writeString(
                config, RunningGateway.config(folder, 0).replace("default: [archive, metrics]\n", "") + sinks);
        try (RunningGateway gateway = RunningGateway.of(folder, config)) {
            gateway.post("{\"rule\":\"R\",\"priority\":\"Error\"}");
            await().until(() -> received.get() == 1);
        }
    }

    private int listen(Certificates own) throws Exception {
        HttpServerOptions options = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath(own.cert().toString())
                        .addKeyPath(own.key().toString()));
        HttpServer made = vertx.createHttpServer(options).requestHandler(request -> {
            received.incrementAndGet();
            request.response().end();
        });
        return made.listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS)
                .actualPort();
    }
}
