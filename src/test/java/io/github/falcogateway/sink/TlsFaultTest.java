package io.github.falcogateway.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.secret.Secret;
import io.github.falcogateway.telemetry.FaultReason;
import io.github.falcogateway.testing.Certificates;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sink is told of a TLS connection that is none says what is to be mended, and on which side. */
class TlsFaultTest {

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private Certificates server;
    private Certificates client;

    @BeforeEach
    void certificates() throws Exception {
        server = Certificates.of(folder, "server");
        client = Certificates.of(folder, "client");
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void itsCertificateIsNotTrusted() throws Exception {
        assertThat(said("127.0.0.1", listen(server, null), trusting(client, null)))
                .isEqualTo(
                        "no TLS connection: the receiver's certificate is not trusted: tls.ca, or without it the JDK, names nobody who signed it");
    }

    @Test
    void itsCertificateIsForOtherNames() throws Exception {
        assertThat(said("127.0.0.2", listen(server, null), trusting(server, null)))
                .isEqualTo(
                        "no TLS connection: the receiver's certificate is for other names than the one it is called by");
    }

    @Test
    void itsCertificateHasExpired() throws Exception {
        Certificates expired = Certificates.expired(folder, "expired", server);
        assertThat(said("127.0.0.1", listen(expired, null), trusting(server, null)))
                .startsWith("no TLS connection: the receiver's certificate has expired, NotAfter: ");
    }

    @Test
    void itWantsACertificateOfOurs() throws Exception {
        assertThat(said("127.0.0.1", listen(server, client), trusting(server, null)))
                .startsWith(
                        "no TLS connection: the receiver wants a certificate that it knows, tls.cert and tls.key: ");
    }

    @Test
    void itDoesNotTakeOurCertificate() throws Exception {
        Certificates other = Certificates.of(folder, "other");
        assertThat(said("127.0.0.1", listen(server, client), trusting(server, other)))
                .startsWith(
                        "no TLS connection: the receiver wants a certificate that it knows, tls.cert and tls.key: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "(certificate_required) "})
    void readsTheWordsOfEachJdk(String before) {
        assertThat(TlsFault.of(new SSLHandshakeException(before + "Received fatal alert: certificate_required")))
                .isEqualTo("no TLS connection: the receiver wants a certificate that it knows, tls.cert and tls.key:"
                        + " certificate_required");
    }

    private String said(String host, int port, ClientTls tls) throws Exception {
        String url = "https://" + host + ":" + port + "/s3cr3t";
        HttpPoster poster =
                new HttpPoster(vertx, HttpTarget.request(url, HttpMethod.POST), tls, Duration.ofSeconds(30));
        Fault fault = await(poster.post(Buffer.buffer("{}"))
                .map(answer -> Fault.passing(FaultReason.INTERNAL, "answered " + answer.status()))
                .otherwise(HttpPoster::fault));
        assertThat(fault.hold()).isFalse();
        assertThat(fault.reason()).isEqualTo(FaultReason.UNREACHABLE);
        return fault.detail();
    }

    private int listen(Certificates own, Certificates clients) throws Exception {
        HttpServerOptions options =
                new HttpServerOptions().setHost("0.0.0.0").setSsl(true).setKeyCertOptions(pair(own));
        if (clients != null) {
            options.setClientAuth(ClientAuth.REQUIRED)
                    .setTrustOptions(
                            new PemTrustOptions().addCertPath(clients.cert().toString()));
        }
        HttpServer made = vertx.createHttpServer(options)
                .requestHandler(request -> request.response().end());
        return await(made.listen(0)).actualPort();
    }

    private static <V> V await(Future<V> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static PemKeyCertOptions pair(Certificates own) {
        return new PemKeyCertOptions()
                .addCertPath(own.cert().toString())
                .addKeyPath(own.key().toString());
    }

    private static ClientTls trusting(Certificates ca, Certificates own) throws Exception {
        return new ClientTls(
                Files.readString(ca.cert()),
                own == null ? null : Files.readString(own.cert()),
                own == null ? null : new Secret(Files.readString(own.key())));
    }
}
