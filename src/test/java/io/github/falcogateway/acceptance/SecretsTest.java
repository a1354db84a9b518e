package io.github.falcogateway.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import io.github.falcogateway.auth.Passwords;
import io.github.falcogateway.config.ConfigLoader;
import io.github.falcogateway.testing.Receiver;
import io.github.falcogateway.testing.Receiver.Answer;
import io.github.falcogateway.testing.RunningGateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Secrets planted in every place that takes one come out nowhere: log, answers, metrics, errors of the configuration. */
class SecretsTest {

    private static final String TOKEN = "planted-token-0123456789";
    private static final String PASSWORD = "planted-password";
    private static final String VIEWER = "planted-viewer";
    private static final String WEBHOOK = "planted-webhook";
    private static final String URL = "planted-url-password";
    private static final String HEADER = "planted-header";
    private static final String CLIENT = "planted-client-secret";

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private Level level;

    @TempDir
    Path folder;

    @BeforeEach
    void listen() {
        log.start();
        level = root().getLevel();
        root().setLevel(Level.DEBUG);
        root().addAppender(log);
    }

    @AfterEach
    void leave() {
        root().detachAppender(log);
        root().setLevel(level);
    }

    @Test
    void areInNoLogAnswerOrMetric() throws Exception {
        String hash = Passwords.hash(PASSWORD.toCharArray());
        String viewer = Passwords.hash(VIEWER.toCharArray());
        Files.writeString(folder.resolve("htpasswd"), "ann:" + viewer + "\n");
        Files.writeString(
                folder.resolve("routes.yaml"),
                "- {route: all, condition: rule exists, to: [archive, chat, out, am]}\n");
        List<String> said = new ArrayList<>();
        try (Receiver receiver = new Receiver()) {
            // Everything goes wrong, and each time somebody says so.
            receiver.otherwise(request -> Answer.status(request.uri().contains("webhooks") ? 404 : 401));
            String authority = receiver.url("").substring("http://".length());
            String config = """
                      chat: {type: discord, url: "http://%1$s/api/webhooks/1/%2$s"}
                      out: {type: http, url: "http://user:%3$s@%1$s/x?token=%3$s", headers: {Authorization: "Bearer %4$s"}}
                      am: {type: alertmanager, urls: ["http://user:%3$s@%1$s"]}
                    auth:
                      ingest:
                        - {name: a, token: "%5$s"}
                        - {name: b, user: falco, password_hash: "%6$s"}
                      view:
                        htpasswd: %7$s
                        openid: {issuer: "http://%1$s", client_id: gw, client_secret: "%8$s", redirect: "http://127.0.0.1/login/callback"}
                    """.formatted(
                            authority,
                            WEBHOOK,
                            URL,
                            HEADER,
                            TOKEN,
                            hash.replace("$", "$$"),
                            folder.resolve("htpasswd"),
                            CLIENT);
            try (RunningGateway gateway = RunningGateway.in(folder, config)) {
                said.add(send(gateway, "POST", "/", "Bearer " + TOKEN));
                said.add(send(gateway, "POST", "/", basic("falco", PASSWORD)));
                said.add(send(gateway, "POST", "/", "Bearer " + TOKEN + "x"));
                await().until(() -> receiver.requests().size() >= 3);
                for (String path : List.of(
                        "/api/sinks",
                        "/api/sinks/chat/dead",
                        "/api/sinks/out/dead",
                        "/api/sources",
                        "/api/routes",
                        "/api/rejected",
                        "/api/events",
                        "/api/session",
                        "/api/silences",
                        "/api/openapi.json",
                        "/metrics",
                        "/readyz",
                        "/login",
                        "/login/openid",
                        "/")) {
                    said.add(send(gateway, "GET", path, basic("ann", VIEWER)));
                }
                said.add(send(gateway, "GET", "/api/events", basic("ann", VIEWER + "x")));
                said.add(send(gateway, "POST", "/api/sinks/chat/test", basic("ann", VIEWER)));
                said.add(send(gateway, "POST", "/api/sinks/out/test", basic("ann", VIEWER)));
                Path file = folder.resolve("gateway.yaml");
                Files.writeString(file, Files.readString(file).replace("type: discord", "type: discrod"));
                said.add(send(gateway, "POST", "/-/reload", basic("ann", VIEWER)));
                assertThat(said.get(said.size() - 1)).contains("discrod");
            }
        }
        log.list.forEach(line -> said.add(line.getFormattedMessage() + causes(line.getThrowableProxy())));
        assertThat(said)
                .hasSizeGreaterThan(20)
                .allSatisfy(text -> assertThat(text)
                        .doesNotContain(TOKEN, PASSWORD, VIEWER, WEBHOOK, URL, HEADER, CLIENT, hash, viewer)
                        .doesNotContain(
                                basic("falco", PASSWORD).substring(6),
                                basic("ann", VIEWER).substring(6)));
    }

    @Test
    void areInNoErrorOfTheConfiguration() throws Exception {
        Path file = folder.resolve("gateway.yaml");
        Files.writeString(file, """
                listen: {http: "${A}"}
                limits: {body: "${A}", per_source: "${A}", connections: "${A}"}
                auth:
                  ingest: [{name: a, token: short}, {name: b, user: u, password_hash: "${A}"}]
                  view: {htpasswd: x, openid: {issuer: "${A}", client_id: a, client_secret: "${A}", redirect: "${A}"}}
                sinks:
                  chat: {type: discord, url: "${A}", timeout: "${A}"}
                  out: {type: http, url: "${A}", headers: {"X": "${A}"}, format: "${A}"}
                  am: {type: alertmanager, urls: ["${A}"]}
                shutdown_grace: "${A}"
                always_notify: "${A}"
                """);
        List<String> problems =
                ConfigLoader.load(Optional.of(file), Map.of("A", "planted secret\nsecond")).problems().stream()
                        .map(Object::toString)
                        .toList();
        assertThat(problems)
                .hasSizeGreaterThan(8)
                .allSatisfy(problem -> assertThat(problem).doesNotContain("planted"));
    }

    private static String causes(IThrowableProxy proxy) {
        StringBuilder text = new StringBuilder();
        for (IThrowableProxy cause = proxy; cause != null; cause = cause.getCause()) {
            text.append(' ').append(cause.getClassName()).append(' ').append(cause.getMessage());
        }
        return text.toString();
    }

    private static String send(RunningGateway gateway, String method, String path, String authorization)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port + path))
                .method(method, HttpRequest.BodyPublishers.ofString("{\"rule\":\"R\",\"priority\":\"Critical\"}"))
                .header("Authorization", authorization)
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.headers().map() + " " + answer.body();
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
