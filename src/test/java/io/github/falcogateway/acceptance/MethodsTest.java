package io.github.falcogateway.acceptance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.falcogateway.auth.Passwords;
import io.github.falcogateway.testing.Certificates;
import io.github.falcogateway.testing.Patience;
import io.github.falcogateway.testing.RunningGateway;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each path takes HEAD where it takes GET, and says what it takes where it is asked by another method. */
class MethodsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void answersHeadAsGetWithoutABody(HttpClient.Version version) throws Exception {
        try (RunningGateway gateway = speaking(version, "")) {
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
            assertThat(ask(gateway, version, "GET", "/metrics").body()).contains("falco_gateway_sse_clients 0.0");
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void sendsNoBodyToAStrangersHead(HttpClient.Version version) throws Exception {
        Path people =
                Files.writeString(folder.resolve("htpasswd"), "ann:" + Passwords.hash("secret".toCharArray()) + "\n");
        String auth = "auth: {view: {htpasswd: " + people + "}}\n";
        try (RunningGateway gateway = speaking(version, auth)) {
            for (String path : List.of("/", "/metrics", "/api/events", "/nothing")) {
                HttpResponse<String> head = ask(gateway, version, "HEAD", path);
                assertThat(head.statusCode()).isEqualTo(401);
                assertThat(head.body()).isEmpty();
            }
        }
    }

    @Test
    void saysWhatAPathTakes() throws Exception {
        Map<String, String> taken = Map.of(
                "DELETE /", "GET, HEAD, POST, PUT",
                "GET /events", "POST, PUT",
                "GET /events/", "POST, PUT",
                "OPTIONS /metrics", "GET, HEAD",
                "GET /test", "POST",
                "PUT /api/silences", "DELETE, GET, HEAD, POST",
                "HEAD /api/sinks/a/test", "POST");
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            for (Map.Entry<String, String> one : taken.entrySet()) {
                String[] request = one.getKey().split(" ");
                HttpResponse<String> answer = gateway.send(request[0], request[1]);
                assertThat(answer.statusCode()).as(one.getKey()).isEqualTo(405);
                assertThat(answer.headers().firstValue("Allow"))
                        .as(one.getKey())
                        .hasValue(one.getValue());
            }
        }
    }

    /** HTTP/2 is spoken over TLS alone. */
    private RunningGateway speaking(HttpClient.Version version, String more) throws Exception {
        String config = RunningGateway.config(folder, 0) + more;
        if (version == HttpClient.Version.HTTP_2) {
            Certificates own = Certificates.of(folder, "gateway");
            config = config.replace(
                    "{http: \"127.0.0.1:0\"}",
                    "{http: \"127.0.0.1:0\", tls: {cert: " + own.cert() + ", key: " + own.key() + "}}");
        }
        return RunningGateway.of(folder, Files.writeString(folder.resolve("gateway.yaml"), config));
    }

    private HttpResponse<String> ask(RunningGateway gateway, HttpClient.Version version, String method, String path)
            throws Exception {
        boolean tls = version == HttpClient.Version.HTTP_2;
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create((tls ? "https" : "http") + "://127.0.0.1:" + gateway.port + path))
                .version(version)
                .timeout(Patience.LIMIT)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        HttpClient client = tls ? HttpClient.newBuilder().sslContext(trusting()).build() : HttpClient.newHttpClient();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private SSLContext trusting() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(folder.resolve("gateway.crt"))) {
            store.setCertificateEntry(
                    "gateway", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Test
    void countsAConnectionFromItsFirstMoment() throws Exception {
        int many = 8 + Runtime.getRuntime().availableProcessors();
        List<Socket> sockets = new ArrayList<>();
        // They go before the gateway does: its stop waits for whoever is in the middle of a request.
        try (RunningGateway gateway = RunningGateway.in(folder, "limits: {connections: 1}\n");
                Closeable leaving = () -> close(sockets)) {
            for (int i = 0; i < many; i++) {
                Socket socket = new Socket("127.0.0.1", gateway.port);
                socket.setSoTimeout(50);
                socket.getOutputStream().write("POST / HTTP/1.1\r\nHost: a\r\nContent-Le".getBytes(US_ASCII));
                sockets.add(socket);
            }
            await().untilAsserted(() ->
                    assertThat(sockets.stream().filter(MethodsTest::isClosed)).hasSizeGreaterThanOrEqualTo(8));
        }
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private static boolean isClosed(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }
}
