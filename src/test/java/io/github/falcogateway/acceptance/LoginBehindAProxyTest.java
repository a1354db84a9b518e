package io.github.falcogateway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.auth.Passwords;
import io.github.falcogateway.testing.RunningGateway;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logging in where a proxy stands before the gateway. */
class LoginBehindAProxyTest {

    private static final String HASH = Passwords.hash("correct horse".toCharArray());

    @TempDir
    Path folder;

    @Test
    void aGuesserBehindAProxyKeepsNobodyElseOut() throws Exception {
        try (RunningGateway gateway = behindAProxy()) {
            for (int i = 0; i < 5; i++) {
                assertThat(from("192.0.2.1", gateway, "wrong" + i)).isEqualTo(401);
                assertThat(loginFrom("192.0.2.1", gateway, "guess" + i)).isEqualTo(401);
            }
            assertThat(from("192.0.2.1", gateway, "another")).isEqualTo(429);
            assertThat(loginFrom("192.0.2.1", gateway, "another")).isEqualTo(429);
            assertThat(from("192.0.2.2", gateway, "correct horse")).isEqualTo(200);
            assertThat(loginFrom("192.0.2.2", gateway, "a slip")).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Forwarded-Proto | https | true",
                "X-Forwarded-Proto | HTTPS, http | true",
                "X-Forwarded-Proto | http | false",
                "X-Forwarded-Proto | http, https | false",
                "Forwarded | for=192.0.2.1;proto=https;by=10.0.0.1, for=10.0.0.1 | true",
                "Forwarded | proto=\"https\" | true",
                "Forwarded | for=192.0.2.1;proto=http | false",
                "Forwarded | for=192.0.2.1, for=10.0.0.1;proto=https | false"
            })
    void theCookieGoesOverTlsAloneWhereTheBrowserSpeaksItWithTheProxy(String header, String value, boolean secure)
            throws Exception {
        try (RunningGateway gateway = behindAProxy()) {
            String cookie = login(gateway, "correct horse", header, value)
                    .headers()
                    .firstValue("Set-Cookie")
                    .orElse("");
            assertThat(cookie).startsWith("falco_gateway_session=");
            assertThat(cookie.contains("Secure")).isEqualTo(secure);
        }
    }

    private static int from(String address, RunningGateway gateway, String password) throws Exception {
        String basic = Base64.getEncoder().encodeToString(("ann:" + password).getBytes(StandardCharsets.UTF_8));
        return gateway.send("GET", "/api/sinks", "", "X-Forwarded-For", address, "Authorization", "Basic " + basic)
                .statusCode();
    }

    private static int loginFrom(String address, RunningGateway gateway, String password) throws Exception {
        return login(gateway, password, "X-Forwarded-For", address).statusCode();
    }

    private static HttpResponse<String> login(RunningGateway gateway, String password, String header, String value)
            throws Exception {
        String form = "user=ann&password=" + URLEncoder.encode(password, StandardCharsets.UTF_8);
        String type = "application/x-www-form-urlencoded";
        return gateway.send("POST", "/login", form, header, value, "Content-Type", type);
    }

    private RunningGateway behindAProxy() throws Exception {
        Files.writeString(folder.resolve("htpasswd"), "ann:" + HASH + "\n");
        String auth = "trusted_proxies: [127.0.0.1]\nauth: {view: {htpasswd: " + folder + "/htpasswd}}\n";
        return RunningGateway.in(folder, auth);
    }
}
