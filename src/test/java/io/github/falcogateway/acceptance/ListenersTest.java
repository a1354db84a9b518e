package io.github.falcogateway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.falcogateway.testing.Certificates;
import io.github.falcogateway.testing.Patience;
import io.github.falcogateway.testing.RunningGateway;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each port is for, which names it answers to, and its certificate. */
class ListenersTest {

    private static final String EVENT = "{\"rule\":\"R\",\"priority\":\"Error\"}";

    @TempDir
    Path folder;

    @Test
    void hasOnlyEventsOnThePublicPortWhereThereIsAnAdminOne() throws Exception {
        Path config = config("admin: \"127.0.0.1:0\"");
        try (RunningGateway gateway = RunningGateway.of(folder, config)) {
            assertThat(gateway.post(EVENT).statusCode()).isEqualTo(200);
            assertThat(gateway.get("/ping")).isEqualTo("pong");
            for (String path :
                    new String[] {"/metrics", "/healthz", "/readyz", "/api/events", "/login", "/live/app.js"}) {
                assertThat(gateway.send("GET", path).statusCode()).as(path).isEqualTo(404);
            }
            assertThat(gateway.send("POST", "/-/reload").statusCode()).isEqualTo(404);
            assertThat(gateway.send("GET", "/").statusCode()).isEqualTo(405);
            assertThat(admin(gateway, "GET", "/metrics").body()).contains("falco_gateway_events_received_total");
            assertThat(admin(gateway, "GET", "/healthz").statusCode()).isEqualTo(200);
            assertThat(admin(gateway, "GET", "/readyz").statusCode()).isEqualTo(200);
            assertThat(admin(gateway, "GET", "/").body()).contains("<title>falco-gateway</title>");
            assertThat(admin(gateway, "POST", "/-/reload").statusCode()).isEqualTo(200);
            assertThat(admin(gateway, "POST", "/events").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void answersToNoNameOfAnAttackersThatLeadsToLoopback() throws Exception {
        try (RunningGateway gateway = RunningGateway.of(folder, config("names: [falco.example]"))) {
            assertThat(raw(gateway, "GET /api/events", "evil.example", "")).startsWith("HTTP/1.1 421");
            assertThat(raw(gateway, "GET /", "evil.example:2801", "")).startsWith("HTTP/1.1 421");
            assertThat(raw(gateway, "GET /healthz", "evil.example", "")).startsWith("HTTP/1.1 200");
            for (String name : new String[] {"localhost:1", "127.0.0.1", "[::1]:2801", "FALCO.example:80"}) {
                assertThat(raw(gateway, "GET /api/events", name, "")).as(name).startsWith("HTTP/1.1 200");
            }
            // A sender calls it what it likes; a page in a browser does not get to send.
            assertThat(raw(gateway, "POST /", "gateway", "")).startsWith("HTTP/1.1 200");
            assertThat(raw(gateway, "POST /", "evil.example:1", "Origin: http://evil.example:1\r\n"))
                    .startsWith("HTTP/1.1 403");
            assertThat(raw(gateway, "POST /", "localhost:1", "Origin: http://evil.example\r\n"))
                    .startsWith("HTTP/1.1 403");
            assertThat(gateway.get("/api/rejected")).contains("foreign_origin");
        }
    }

    @Test
    void saysWhichAddressIsTaken(@TempDir Path other) throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            assertThatThrownBy(() -> RunningGateway.on(gateway.port, other, ""))
                    .hasMessageContaining("listen.http 127.0.0.1:" + gateway.port + ": ");
        }
    }

    @Test
    void takesAChangedCertificateAndKeepsConnections() throws Exception {
        Certificates first = Certificates.of(folder, "first");
        Certificates second = Certificates.of(folder, "second");
        Path cert = folder.resolve("tls.crt");
        Path key = folder.resolve("tls.key");
        Files.copy(first.cert(), cert);
        Files.copy(first.key(), key);
        Path config = config("tls: {cert: " + cert + ", key: " + key + "}");
        try (RunningGateway gateway = RunningGateway.of(folder, config);
                SSLSocket kept = connect(gateway.port, "TLSv1.3")) {
            assertThat(subject(kept)).isEqualTo("CN=first");
            assertThat(events(kept)).startsWith("HTTP/1.1 200");
            // Half of a pair is not taken.
            Files.copy(second.cert(), cert, StandardCopyOption.REPLACE_EXISTING);
            assertThat(reload(gateway)).contains("\"problems\":[\"").contains("is not the certificate's");
            try (SSLSocket still = connect(gateway.port, "TLSv1.2")) {
                assertThat(subject(still)).isEqualTo("CN=first");
            }
            Files.copy(second.key(), key, StandardCopyOption.REPLACE_EXISTING);
            // A handshake that a busy machine is too slow for is tried again.
            await().ignoreExceptionsInstanceOf(IOException.class).untilAsserted(() -> {
                for (int loop = 0; loop < 8; loop++) {
                    try (SSLSocket now = connect(gateway.port, "TLSv1.3")) {
                        assertThat(subject(now)).isEqualTo("CN=second");
                    }
                }
            });
            assertThat(reload(gateway)).contains("\"problems\":[]");
            // A reload is answered once new connections get what it took.
            Files.copy(first.cert(), cert, StandardCopyOption.REPLACE_EXISTING);
            Files.copy(first.key(), key, StandardCopyOption.REPLACE_EXISTING);
            assertThat(reload(gateway)).contains("\"problems\":[]");
            for (int loop = 0; loop < 8; loop++) {
                try (SSLSocket back = connect(gateway.port, "TLSv1.3")) {
                    assertThat(subject(back)).isEqualTo("CN=first");
                }
            }
            assertThat(events(kept)).startsWith("HTTP/1.1 200");
            org.junit.jupiter.api.Assertions.assertThrows(
                    SSLException.class, () -> connect(gateway.port, "TLSv1.1").close());
        }
    }

    private Path config(String listen) throws Exception {
        return Files.writeString(
                folder.resolve("gateway.yaml"),
                RunningGateway.config(folder, 0)
                        .replace("listen: {http: \"127.0.0.1:0\"}", "listen: {http: \"127.0.0.1:0\", " + listen + "}"));
    }

    private static HttpResponse<String> admin(RunningGateway gateway, String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String raw(RunningGateway gateway, String what, String host, String headers) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", gateway.port)) {
            return exchange(socket, what, host, headers + "Connection: close\r\n");
        }
    }

    private static String events(Socket socket) throws Exception {
        return exchange(socket, "POST /", "localhost", "");
    }

    private static String reload(RunningGateway gateway) throws Exception {
        try (SSLSocket socket = connect(gateway.port, "TLSv1.3")) {
            return exchange(socket, "POST /-/reload", "localhost", "");
        }
    }

    private static String exchange(Socket socket, String what, String host, String headers) throws IOException {
        String body = what.startsWith("POST / ") || what.equals("POST /") ? EVENT : "";
        socket.setSoTimeout((int) Patience.LIMIT.toMillis());
        socket.getOutputStream()
                .write((what + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers + "Content-Length: " + body.length()
                                + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        StringBuilder answer = new StringBuilder();
        byte[] buffer = new byte[8192];
        while (!isWhole(answer.toString())) {
            int read = in.read(buffer);
            if (read < 0) {
                break;
            }
            answer.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
        }
        return answer.toString();
    }

    private static boolean isWhole(String answer) {
        int end = answer.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        String head = answer.substring(0, end).toLowerCase(java.util.Locale.ROOT);
        int at = head.indexOf("content-length: ");
        if (at < 0) {
            return answer.endsWith("0\r\n\r\n");
        }
        int lineEnd = head.indexOf('\r', at) < 0 ? head.length() : head.indexOf('\r', at);
        return answer.length() >= end + 4 + Integer.parseInt(head.substring(at + 16, lineEnd));
    }

    private static String subject(SSLSocket socket) throws Exception {
        return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                .getSubjectX500Principal()
                .getName();
    }

    private static SSLSocket connect(int port, String protocol) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody()}, null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket();
        socket.connect(new InetSocketAddress("127.0.0.1", port), 10_000);
        socket.setEnabledProtocols(new String[] {protocol});
        socket.startHandshake();
        return socket;
    }

    /** The test looks at the certificate itself. */
    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
