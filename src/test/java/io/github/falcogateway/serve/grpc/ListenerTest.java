package io.github.falcogateway.serve.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.falcogateway.testing.Certificates;
import io.github.falcogateway.testing.FalcoClient;
import io.github.falcogateway.testing.Patience;
import io.github.falcogateway.testing.RunningGateway;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.common.GrpcStatus;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the gateway listens for gRPC, whom it lets in, and how it says goodbye. */
class ListenerTest extends ServingGateway {

    @Test
    void tellsItsVersionAndEndsCallsSoThatClientsComeAgain() throws Exception {
        RunningGateway gateway = gateway("");
        try (FalcoClient client = new FalcoClient(socket())) {
            assertThat(client.version().getVersion()).isEqualTo("test");
            assertThat(client.version().getBuild()).isEqualTo("falco-gateway");
            FalcoClient.Subscription sub = client.sub();
            gateway.close();
            await().untilAsserted(() -> assertThat(sub.status()).isEqualTo(GrpcStatus.UNAVAILABLE));
            assertThat(socket()).doesNotExist();
        }
    }

    /** Such as gRPC's C++ and Python, which make the authority of the socket's path. */
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "run%2Fg.sock", "run%2Ffalco-gateway%2Fwith-a-long-name%2Fgrpc.sock"})
    void answersClientsThatNameTheSocketAsTheAuthority(String authority) throws Exception {
        Vertx vertx = Vertx.vertx();
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        RequestOptions call = new RequestOptions()
                .setServer(SocketAddress.domainSocketAddress(socket().toString()))
                .setHost(authority)
                .setPort(80)
                .setMethod(HttpMethod.POST)
                .setURI("/falco.version.service/version")
                .putHeader("content-type", "application/grpc");
        Buffer empty = Buffer.buffer(new byte[5]);
        try (RunningGateway gateway = gateway("")) {
            Buffer answer = Patience.get(
                    client.request(call).compose(request -> request.send(empty)).compose(response -> response.body()));
            assertThat(answer.toString()).contains("falco-gateway");
        } finally {
            Patience.get(vertx.close());
        }
    }

    @Test
    void setsTheSocketsModeAndTakesTheFileThatAKilledProcessLeft() throws Exception {
        try (var left = java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
            left.bind(java.net.UnixDomainSocketAddress.of(socket()));
        }
        assertThat(socket()).exists();
        try (RunningGateway gateway = gateway("mode: \"0606\"")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
                    .isEqualTo("rw----rw-");
            Path other = Files.createDirectory(folder.resolve("other"));
            assertThatThrownBy(() -> start(other, "grpc: \"unix://" + socket() + "\"", ""))
                    .hasMessageContaining("another process listens on " + socket());
        }
    }

    @Test
    void wantsACertificateOverTcp() throws Exception {
        Certificates server = Certificates.of(folder, "server");
        Certificates client = Certificates.of(folder, "client");
        Certificates stranger = Certificates.of(folder, "stranger");
        int port = freePort();
        String tls = "tls: {cert: %s, key: %s, client_ca: %s}".formatted(server.cert(), server.key(), client.cert());
        SocketAddress address = SocketAddress.inetSocketAddress(port, "127.0.0.1");
        try (RunningGateway gateway = start(folder, "grpc: {address: \"127.0.0.1:" + port + "\", " + tls + "}", "");
                FalcoClient known = new FalcoClient(address, options(server, client));
                FalcoClient unknown = new FalcoClient(address, options(server, stranger));
                FalcoClient nobody = new FalcoClient(address, options(server, null))) {
            FalcoClient.Subscription sub = known.sub();
            gateway.post(EVENT);
            await().untilAsserted(() -> assertThat(sub.events()).hasSize(1));
            assertThat(unknown.isRefused()).isTrue();
            assertThat(nobody.isRefused()).isTrue();
            assertThat(known.version().getVersion()).isNotEmpty();
        }
    }

    private static HttpClientOptions options(Certificates server, Certificates client) {
        HttpClientOptions options = new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setTrustOptions(new PemTrustOptions().addCertPath(server.cert().toString()));
        if (client != null) {
            options.setKeyCertOptions(new PemKeyCertOptions()
                    .addCertPath(client.cert().toString())
                    .addKeyPath(client.key().toString()));
        }
        return options;
    }

    private static int freePort() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
