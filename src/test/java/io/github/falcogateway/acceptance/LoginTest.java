package io.github.falcogateway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.falcogateway.auth.Passwords;
import io.github.falcogateway.testing.FakeOpenId;
import io.github.falcogateway.testing.KeptClients;
import io.github.falcogateway.testing.RunningGateway;
import java.net.CookieManager;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People log in at the page, by password or at an OpenID provider. */
class LoginTest {

    private static final String HASH = Passwords.hash("correct horse".toCharArray());

    @TempDir
    Path folder;

    private final CookieManager cookies = new CookieManager();
    private final HttpClient browser = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    @Test
    void logsInWithAPasswordAndOut() throws Exception {
        try (RunningGateway gateway = withPasswords()) {
            HttpResponse<String> page = get(gateway, "/?filter=rule%20%3D%20R");
            assertThat(page.uri().getPath()).isEqualTo("/login");
            assertThat(page.body()).contains("<form").contains("value=\"/?filter&#x3D;rule%20%3D%20R\"");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'");
            HttpResponse<String> wrong = login(gateway, "bob", "wrong");
            assertThat(wrong.statusCode()).isEqualTo(401);
            assertThat(wrong.body()).contains("User or password is wrong");
            assertThat(wrong.headers().allValues("Set-Cookie")).isEmpty();

            HttpResponse<String> in = login(gateway, "bob", "correct horse");
            assertThat(in.statusCode()).isEqualTo(200);
            assertThat(in.uri().getPath()).isEqualTo("/");
            String cookie = in.previousResponse()
                    .orElseThrow()
                    .headers()
                    .firstValue("Set-Cookie")
                    .orElse("");
            assertThat(cookie)
                    .startsWith("falco_gateway_session=")
                    .contains("HTTPOnly", "SameSite=Strict")
                    .doesNotContain("Secure");
            assertThat(get(gateway, "/api/events").statusCode()).isEqualTo(200);
            assertThat(get(gateway, "/api/session").body())
                    .isEqualTo("{\"user\":\"bob\",\"role\":\"view\",\"logout\":true}");
            assertThat(post(gateway, "/-/reload", "").statusCode()).isEqualTo(403);
            assertThat(login(gateway, "ann", "correct horse").statusCode()).isEqualTo(200);
            assertThat(post(gateway, "/-/reload", "").statusCode()).isEqualTo(200);
            assertThat(post(gateway, "/-/reload", "", "Origin", "https://evil.example")
                            .statusCode())
                    .isEqualTo(403);

            assertThat(post(gateway, "/logout", "").uri().getPath()).isEqualTo("/login");
            assertThat(get(gateway, "/api/events").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void endsTheSessionOfWhoeverLeavesTheFile() throws Exception {
        try (RunningGateway gateway = withPasswords()) {
            assertThat(login(gateway, "bob", "correct horse").statusCode()).isEqualTo(200);
            assertThat(get(gateway, "/api/events").statusCode()).isEqualTo(200);
            Files.writeString(folder.resolve("htpasswd"), "ann:" + HASH + "\n");
            assertThat(gatewayReload(gateway)).isEqualTo(200);
            assertThat(get(gateway, "/api/events").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void makesGuessingSlowAndLeadsNobodyAway() throws Exception {
        try (RunningGateway gateway = withPasswords()) {
            for (String next : new String[] {"//evil.example/", "https://evil.example/", "/\\evil.example", "/\t/x"}) {
                HttpResponse<String> in = login(gateway, "bob", "correct horse", next);
                assertThat(in.uri().getPort()).as(next).isEqualTo(gateway.port);
                assertThat(in.uri().getPath()).as(next).isEqualTo("/");
            }
            int guesses = 0;
            HttpResponse<String> slow = login(gateway, "bob", "guess " + guesses);
            // Where a machine takes a minute for ten, some are forgotten meanwhile, and more are allowed.
            while (slow.statusCode() == 401 && guesses < 1000) {
                slow = login(gateway, "bob", "guess " + ++guesses);
            }
            assertThat(guesses).isGreaterThanOrEqualTo(10);
            assertThat(slow.statusCode()).isEqualTo(429);
            assertThat(slow.headers().firstValue("Retry-After")).contains("60");
        }
    }

    @Test
    void logsInAtTheOpenIdProvider() throws Exception {
        try (FakeOpenId provider = new FakeOpenId();
                RunningGateway gateway = withProvider(provider)) {
            provider.login("carol", "secops");
            HttpResponse<String> welcome = get(gateway, "/login/openid?next=%2F%3Ffilter%3Dx");
            assertThat(welcome.statusCode()).isEqualTo(200);
            assertThat(welcome.body()).contains("url=/?filter&#x3D;x");
            assertThat(get(gateway, "/api/session").body())
                    .isEqualTo("{\"user\":\"carol\",\"role\":\"view\",\"logout\":true}");
            assertThat(post(gateway, "/-/reload", "").statusCode()).isEqualTo(403);
            // The same address a second time: the login it belongs to is over.
            assertThat(get(
                                    gateway,
                                    welcome.uri().getRawPath() + "?"
                                            + welcome.uri().getRawQuery())
                            .statusCode())
                    .isEqualTo(502);

            provider.login("dora", "operators");
            get(gateway, "/login/openid");
            assertThat(post(gateway, "/-/reload", "").statusCode()).isEqualTo(200);

            post(gateway, "/logout", "");
            provider.login("eve", "sales");
            assertThat(get(gateway, "/login/openid").statusCode()).isEqualTo(403);
            assertThat(get(gateway, "/api/events").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void believesNoTokenThatTheProviderDidNotSign() throws Exception {
        try (FakeOpenId provider = new FakeOpenId();
                RunningGateway gateway = withProvider(provider)) {
            provider.login("carol", "operators");
            provider.signer = FakeOpenId.newKeys();
            assertThat(get(gateway, "/login/openid").statusCode()).isEqualTo(502);
            assertThat(get(gateway, "/api/events").statusCode()).isEqualTo(401);
            // A code that another browser was given: its state is none of this browser's.
            assertThat(get(gateway, "/login/callback?code=x&state=y").statusCode())
                    .isEqualTo(502);
        }
    }

    @Test
    void believesTheNewKeyOfAProviderThatHasChangedIt() throws Exception {
        try (FakeOpenId provider = new FakeOpenId();
                RunningGateway gateway = withProvider(provider)) {
            provider.login("carol", "operators");
            assertThat(get(gateway, "/login/openid").statusCode()).isEqualTo(200);
            post(gateway, "/logout", "");
            provider.rotateKeys();
            assertThat(get(gateway, "/login/openid").statusCode()).isEqualTo(200);
            assertThat(get(gateway, "/api/events").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void believesNoTokenThatIsOverOrForNobody() throws Exception {
        try (FakeOpenId provider = new FakeOpenId();
                RunningGateway gateway = withProvider(provider)) {
            provider.login("carol", "operators");
            provider.aheadSeconds = -3600;
            assertThat(get(gateway, "/login/openid").statusCode()).isEqualTo(502);
            provider.aheadSeconds = 30;
            assertThat(get(gateway, "/login/openid").statusCode()).isEqualTo(200);
            post(gateway, "/logout", "");
            provider.audience = null;
            assertThat(get(gateway, "/login/openid").statusCode()).isEqualTo(502);
            provider.audience = "another";
            assertThat(get(gateway, "/login/openid").statusCode()).isEqualTo(502);
        }
    }

    @Test
    void aChangedProviderEndsTheSessionsThatTheOldOneVouchedFor() throws Exception {
        try (FakeOpenId provider = new FakeOpenId();
                RunningGateway gateway = withProvider(provider)) {
            provider.login("carol", "operators");
            assertThat(get(gateway, "/login/openid").statusCode()).isEqualTo(200);
            Path file = folder.resolve("gateway.yaml");
            Files.writeString(file, Files.readString(file).replace("[operators]", "[others]"));
            assertThat(post(gateway, "/-/reload", "").statusCode()).isEqualTo(200);
            assertThat(post(gateway, "/-/reload", "").statusCode()).isIn(401, 403);
        }
    }

    @Test
    void keepsNothingOfCookiesThatAreMadeUp() throws Exception {
        try (RunningGateway gateway = withPasswords()) {
            for (int i = 0; i < 50; i++) {
                String cookie = "falco_gateway_session=" + "0123456789abcdef".repeat(4) + i;
                assertThat(gateway.send("GET", "/api/events", "", "Cookie", cookie)
                                .statusCode())
                        .isEqualTo(401);
            }
            assertThat(gateway.vertx().sharedData().<Object, Object>getLocalMap("logins"))
                    .isEmpty();
        }
    }

    @Test
    void leavesNoClientBehindForAProviderThatIsAway() throws Exception {
        KeptClients clients = new KeptClients();
        String away = "auth: {view: {openid: {issuer: \"http://127.0.0.1:1\", client_id: a, client_secret: b,"
                + " redirect: \"http://127.0.0.1/login/callback\", view_groups: [secops]}}}\n";
        try (RunningGateway gateway = RunningGateway.over(clients.vertx(), folder, away)) {
            for (int i = 0; i < 3; i++) {
                assertThat(get(gateway, "/login/openid").statusCode()).isEqualTo(502);
            }
            assertThat(clients.made()).isGreaterThanOrEqualTo(3);
            // What became of the last one is remembered.
            await().untilAsserted(() -> assertThat(clients.kept()).isLessThanOrEqualTo(1));
        }
    }

    private RunningGateway withPasswords() throws Exception {
        Path htpasswd = folder.resolve("htpasswd");
        Files.writeString(htpasswd, "ann:" + HASH + "\nbob:" + HASH + "\n");
        return RunningGateway.in(folder, "auth: {view: {htpasswd: " + htpasswd + ", operators: [ann]}}\n");
    }

    private RunningGateway withProvider(FakeOpenId provider) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        return RunningGateway.on(
                port, folder, """
                auth:
                  view:
                    openid:
                      issuer: %s
                      client_id: %s
                      client_secret: "%s"
                      redirect: http://127.0.0.1:%d/login/callback
                      view_groups: [secops]
                      operate_groups: [operators]
                """.formatted(provider.issuer(), FakeOpenId.CLIENT, FakeOpenId.SECRET, port));
    }

    private int gatewayReload(RunningGateway gateway) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(gateway, "/-/reload"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString("ann:correct horse".getBytes(StandardCharsets.UTF_8)))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private HttpResponse<String> login(RunningGateway gateway, String user, String password) throws Exception {
        return login(gateway, user, password, "/");
    }

    private HttpResponse<String> login(RunningGateway gateway, String user, String password, String next)
            throws Exception {
        String form = "user=" + encoded(user) + "&password=" + encoded(password) + "&next=" + encoded(next);
        return post(gateway, "/login", form, "Content-Type", "application/x-www-form-urlencoded");
    }

    private HttpResponse<String> get(RunningGateway gateway, String path) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(gateway, path));
        if (!path.startsWith("/api")) {
            request.header("Accept", "text/html,*/*;q=0.8");
        }
        return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(RunningGateway gateway, String path, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(gateway, path)).POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(RunningGateway gateway, String path) {
        return URI.create("http://127.0.0.1:" + gateway.port + path);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
