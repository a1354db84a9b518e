package io.github.falcogateway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.auth.Passwords;
import io.github.falcogateway.testing.Certificates;
import io.github.falcogateway.testing.RunningGateway;
import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may send, who may look, who may act. */
class AuthTest {

    private static final String EVENT = "{\"rule\":\"R\",\"priority\":\"Error\",\"hostname\":\"%s\"}";
    private static final String HASH = Passwords.hash("correct horse".toCharArray());

    @TempDir
    Path folder;

    @Test
    void takesEventsOnlyFromThoseItKnows() throws Exception {
        String auth = """
                auth:
                  ingest:
                    - {name: web, token: "0123456789abcdef", host: web-1}
                    - {name: db, user: falco, password_hash: "%s", may_claim_hosts: ["db-*"]}
                """.formatted(HASH.replace("$", "$$"));
        Path config = folder.resolve("gateway.yaml");
        String base = RunningGateway.config(folder, 0)
                .replace("order: [claimed, address]", "order: [claimed, credential, address]");
        Files.writeString(config, base + auth);
        try (RunningGateway gateway = RunningGateway.of(folder, config)) {
            HttpResponse<String> nobody = gateway.post(EVENT.formatted("evil"));
            assertThat(nobody.statusCode()).isEqualTo(401);
            assertThat(nobody.headers().firstValue("WWW-Authenticate")).isPresent();
            assertThat(post(gateway, "evil", "Bearer 0123456789abcdeX")).isEqualTo(401);
            assertThat(post(gateway, "evil", basic("falco", "wrong"))).isEqualTo(401);
            assertThat(post(gateway, "web-1", "Bearer 0123456789abcdef")).isEqualTo(200);
            assertThat(post(gateway, "web-2", "Bearer 0123456789abcdef")).isEqualTo(200);
            assertThat(post(gateway, "db-7", basic("falco", "correct horse"))).isEqualTo(200);
            Awaitility.await().until(() -> gateway.lines().size() == 3);
            JsonObject relabelled = new JsonObject(gateway.lines().get(1));
            assertThat(relabelled.getString("hostname")).isEqualTo("web-1");
            assertThat(relabelled.getJsonObject("gateway").getString("claimed")).isEqualTo("web-2");
            assertThat(relabelled.getJsonObject("gateway").getString("host_from"))
                    .isEqualTo("credential");
            assertThat(gateway.get("/metrics"))
                    .contains("falco_gateway_host_mismatches_total{action=\"relabelled\"} 1.0")
                    .contains("falco_gateway_events_rejected_total{reason=\"unauthorized\"} 3.0");
            assertThat(gateway.get("/api/rejected")).contains("unauthorized", "evil");
        }
    }

    @Test
    void makesGuessingAtASendersPasswordSlow() throws Exception {
        String auth = "auth: {ingest: [{name: db, user: falco, password_hash: \"%s\", host: db-1}]}\n"
                .formatted(HASH.replace("$", "$$"));
        try (RunningGateway gateway = RunningGateway.in(folder, auth)) {
            assertThat(post(gateway, "db-1", basic("falco", "correct horse"))).isEqualTo(200);
            int guesses = 0;
            HttpResponse<String> answer = guess(gateway, guesses);
            // Where a machine takes a minute for ten, some are forgotten meanwhile, and more are allowed.
            while (answer.statusCode() == 401 && guesses < 1000) {
                answer = guess(gateway, ++guesses);
            }
            assertThat(guesses).isGreaterThanOrEqualTo(10);
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("Retry-After")).contains("60");
            // A sender that is known is none of them, though it comes from the same address.
            assertThat(post(gateway, "db-1", basic("falco", "correct horse"))).isEqualTo(200);
            assertThat(gateway.get("/api/rejected")).contains("unauthorized", "rate_limited", "evil");
        }
    }

    private static HttpResponse<String> guess(RunningGateway gateway, int number) throws Exception {
        String user = number % 2 == 0 ? "falco" : "nobody";
        return gateway.post(EVENT.formatted("evil"), "Authorization", basic(user, "guess " + number));
    }

    @Test
    void countsAndRefusesAForeignHostAsEachCredentialSays() throws Exception {
        String auth = """
                auth:
                  ingest:
                    - {name: a, token: "0123456789abcdef", host: web-1, on_mismatch: reject}
                    - {name: b, token: "fedcba9876543210", host: web-2}
                """;
        Path config = folder.resolve("gateway.yaml");
        String base = RunningGateway.config(folder, 0)
                .replace("order: [claimed, address]", "order: [claimed, header, credential]");
        Files.writeString(config, base + auth);
        try (RunningGateway gateway = RunningGateway.of(folder, config)) {
            assertThat(post(gateway, "web-2", "Bearer 0123456789abcdef")).isEqualTo(403);
            assertThat(post(gateway, "web-1", "Bearer fedcba9876543210")).isEqualTo(200);
            String nameless = "{\"rule\":\"R\",\"priority\":\"Error\"}";
            assertThat(gateway.post(nameless, "Authorization", "Bearer fedcba9876543210", "X-Falco-Host", "web-9")
                            .statusCode())
                    .isEqualTo(200);
            Awaitility.await().until(() -> gateway.lines().size() == 2);
            assertThat(gateway.lines())
                    .allSatisfy(line -> assertThat(line).contains("\"host_from\":\"credential\""))
                    .last()
                    .asString()
                    .contains("\"hostname\":\"web-2\"", "\"claimed\":\"web-9\"");
            assertThat(gateway.get("/metrics"))
                    .contains("falco_gateway_host_mismatches_total{action=\"rejected\"} 1.0")
                    .contains("falco_gateway_host_mismatches_total{action=\"relabelled\"} 2.0");
        }
    }

    @Test
    void refusesAForeignHostWhereThatIsAsked() throws Exception {
        String auth = "auth: {ingest: [{name: web, token: \"0123456789abcdef\", host: web-1}]}\n";
        Path config = folder.resolve("gateway.yaml");
        Files.writeString(
                config,
                RunningGateway.config(folder, 0)
                                .replace(
                                        "order: [claimed, address]",
                                        "order: [claimed, credential], on_mismatch: reject")
                        + auth);
        try (RunningGateway gateway = RunningGateway.of(folder, config)) {
            assertThat(post(gateway, "web-2", "Bearer 0123456789abcdef")).isEqualTo(403);
            assertThat(post(gateway, "web-1", "Bearer 0123456789abcdef")).isEqualTo(200);
        }
    }

    @Test
    void showsAndActsOnlyForThoseWhoMay() throws Exception {
        Path htpasswd = folder.resolve("htpasswd");
        Files.writeString(htpasswd, "ann:" + HASH + "\nbob:" + HASH + "\n");
        String auth = "auth: {view: {htpasswd: " + htpasswd + ", operators: [ann]}}\n";
        try (RunningGateway gateway = RunningGateway.in(folder, auth)) {
            assertThat(gateway.send("GET", "/healthz").statusCode()).isEqualTo(200);
            for (String path : new String[] {"/", "/api/events", "/api/stream", "/metrics"}) {
                assertThat(gateway.send("GET", path).statusCode()).as(path).isEqualTo(401);
            }
            assertThat(call(gateway, "GET", "/api/events", "bob").statusCode()).isEqualTo(200);
            assertThat(call(gateway, "POST", "/-/reload", "bob").statusCode()).isEqualTo(403);
            assertThat(call(gateway, "POST", "/-/reload", "ann").statusCode()).isEqualTo(200);
            assertThat(gateway.post(EVENT.formatted("web-1")).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void letsNoOtherSitesPageAct() throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            assertThat(call(gateway, "POST", "/-/reload", "", "Origin", "https://evil.example")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(call(gateway, "POST", "/-/reload", "", "Origin", "http://127.0.0.1:" + gateway.port)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void takesAProxysWordOnlyWhereItIsTrusted() throws Exception {
        Path config = folder.resolve("gateway.yaml");
        String base = RunningGateway.config(folder, 0)
                .replace("order: [claimed, address]", "order: [claimed, forwarded, address]")
                .replace("hosts: null", "hosts: " + folder.resolve("hosts.yaml"));
        Files.writeString(folder.resolve("hosts.yaml"), "- {address: 10.1.0.0/16, labels: {site: berlin}}\n");
        Files.writeString(config, base + "trusted_proxies: [127.0.0.0/8]\n");
        try (RunningGateway gateway = RunningGateway.of(folder, config)) {
            gateway.post("{\"rule\":\"R\",\"priority\":\"Error\"}", "X-Forwarded-For", "6.6.6.6, 10.1.2.3, 127.0.0.9");
            gateway.post(
                    "{\"rule\":\"R\",\"priority\":\"Error\"}", "Forwarded", "for=\"[2001:db8::1]:4711\";proto=http");
            Awaitility.await().until(() -> gateway.lines().size() == 2);
            assertThat(gateway.lines().get(0))
                    .contains("\"hostname\":\"10.1.2.3\"", "\"host_from\":\"forwarded\"", "{\"site\":\"berlin\"}");
            assertThat(gateway.lines().get(1)).contains("\"hostname\":\"2001:db8::1\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"web-1", "localhost"})
    void speaksTlsAndKnowsASenderByTheNamesInItsCertificate(String name) throws Exception {
        Certificates server = Certificates.of(folder, "gateway");
        Certificates client = Certificates.of(folder, "web-1");
        Path config = folder.resolve("gateway.yaml");
        Files.writeString(
                config,
                RunningGateway.config(folder, 0)
                                .replace(
                                        "listen: {http: \"127.0.0.1:0\"}",
                                        "listen: {http: \"127.0.0.1:0\", tls: {cert: " + server.cert() + ", key: "
                                                + server.key() + ", client_ca: " + client.cert() + "}}")
                                .replace("order: [claimed, address]", "order: [credential]")
                        + "auth: {ingest: [{name: web, client_cert_cn: " + name + ", host: web-1}]}\n");
        try (RunningGateway gateway = RunningGateway.of(folder, config)) {
            URI uri = URI.create("https://127.0.0.1:" + gateway.port + "/");
            HttpRequest event = HttpRequest.newBuilder(uri)
                    .POST(HttpRequest.BodyPublishers.ofString(EVENT.formatted("web-1")))
                    .build();
            HttpClient known =
                    HttpClient.newBuilder().sslContext(tls(server, client)).build();
            HttpResponse<String> answer = known.send(event, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            HttpClient unknown =
                    HttpClient.newBuilder().sslContext(tls(server, null)).build();
            assertThat(unknown.send(event, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(401);
        }
    }

    private static SSLContext tls(Certificates trusted, Certificates own) throws Exception {
        KeyStore trust = load(trusted);
        KeyStore onlyCertificate = KeyStore.getInstance("PKCS12");
        onlyCertificate.load(null, null);
        onlyCertificate.setCertificateEntry("ca", trust.getCertificate("key"));
        TrustManagerFactory trusts = TrustManagerFactory.getInstance("PKIX");
        trusts.init(onlyCertificate);
        KeyManagerFactory keys = null;
        if (own != null) {
            keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(load(own), Certificates.PASSWORD);
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys == null ? null : keys.getKeyManagers(), trusts.getTrustManagers(), null);
        return context;
    }

    private static KeyStore load(Certificates certificates) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(certificates.store())) {
            keys.load(in, Certificates.PASSWORD);
        }
        return keys;
    }

    private static int post(RunningGateway gateway, String host, String authorization) throws Exception {
        return gateway.post(EVENT.formatted(host), "Authorization", authorization)
                .statusCode();
    }

    private static HttpResponse<String> call(
            RunningGateway gateway, String method, String path, String user, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (!user.isEmpty()) {
            request.header("Authorization", basic(user, "correct horse"));
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
