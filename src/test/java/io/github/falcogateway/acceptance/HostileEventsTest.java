package io.github.falcogateway.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.falcogateway.testing.DiscordLimits;
import io.github.falcogateway.testing.FakeDiscord;
import io.github.falcogateway.testing.Patience;
import io.github.falcogateway.testing.Receiver;
import io.github.falcogateway.testing.RunningGateway;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** One corpus of hostile events through every sink and every view: text stays text. */
class HostileEventsTest {

    /** A sample of the text format: a name, perhaps labels whose values hold no bare quote or line break, a number. */
    private static final Pattern SAMPLE = Pattern.compile(
            "[a-zA-Z_:][a-zA-Z0-9_:]*(\\{([a-zA-Z_][a-zA-Z0-9_]*=\"([^\"\\\\\n]|\\\\[\\\\\"n])*+\",?)*})? [-+0-9.eENaInf]+");
    /** What Discord would bring to life; a backslash or a character of no width before it makes it text. */
    private static final Pattern LIVE = Pattern.compile(
            "@(everyone|here)|<(@[!&]?|#)\\d+>|(?<!\\\\)\\[[^]]*](?<!\\\\)\\(https?:|discord\\.gg/",
            Pattern.CASE_INSENSITIVE);

    @TempDir
    static Path folder;

    private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();
    private static List<String> sent;
    private static Vertx vertx;
    private static FakeDiscord discord;
    private static Receiver receiver;
    private static RunningGateway gateway;

    @BeforeAll
    static void sendThemAll() throws Exception {
        LOG.start();
        root().addAppender(LOG);
        sent = Files.readAllLines(Path.of("src/test/resources/events/hostile.ndjson"));
        vertx = Vertx.vertx();
        discord = FakeDiscord.start(vertx);
        receiver = new Receiver();
        Files.writeString(
                folder.resolve("routes.yaml"),
                "- {route: all, condition: priority >= Debug, to: [archive, metrics, chat, falco, cloud, ui, form, am]}\n");
        gateway = RunningGateway.in(folder, """
                  chat: {type: discord, url: "%s", retry: {min: 10ms, max: 50ms}}
                  falco: {type: http, url: "%s", batch: 10, gzip: false}
                  cloud: {type: http, url: "%s", format: cloudevents}
                  ui: {type: http, url: "%s", format: falcosidekick-ui}
                  form: {type: http, url: "%s", format: template, template: '{"text":"{{rule}} {{output}} {{proc.cmdline}}"}'}
                  am: {type: alertmanager, urls: ["%s"]}
                """.formatted(
                        discord.url(),
                        receiver.url("/falco"),
                        receiver.url("/cloud"),
                        receiver.url("/ui"),
                        receiver.url("/form"),
                        receiver.url("")));
        for (String event : sent) {
            HttpResponse<String> answer = gateway.post(event, "X-Falco-Host", "<b>@everyone");
            assertThat(answer.statusCode()).as(event).isEqualTo(200);
        }
        gateway.post("no event\u001b[31m\nERROR forged", "Content-Encoding", "<b>x");
        await().until(() -> new JsonObject(gateway.get("/api/sinks"))
                .getJsonArray("sinks").stream()
                        .map(JsonObject.class::cast)
                        .filter(sink -> !sink.getString("name").equals("chat"))
                        .allMatch(sink -> sink.getInteger("lag_events") == 0));
        await().until(() -> !discord.accepted().isEmpty());
    }

    @AfterAll
    static void close() throws Exception {
        gateway.close();
        receiver.close();
        discord.close();
        Patience.get(vertx.close());
        root().detachAppender(LOG);
    }

    @Test
    void makesNoSecondLineInTheFile() throws Exception {
        List<String> lines = gateway.lines();
        assertThat(lines).hasSameSizeAs(sent);
        for (int i = 0; i < sent.size(); i++) {
            JsonObject kept = new JsonObject(lines.get(i));
            JsonObject original = new JsonObject(sent.get(i));
            for (String member : List.of("rule", "output", "source", "tags", "output_fields", "message", "uuid")) {
                assertThat(kept.getValue(member)).as(member).isEqualTo(original.getValue(member));
            }
            assertThat(kept.getString("hostname")).matches("[^\\p{Cntrl}]+").hasSizeLessThanOrEqualTo(253);
        }
    }

    @Test
    void makesNoFileOfItsOwn() throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            Set<String> names = new TreeSet<>(files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replaceAll("\\d+", "N"))
                    .toList());
            assertThat(names).allMatch(name -> name.startsWith("data/") || !name.contains("/"));
            assertThat(names).noneMatch(name -> name.contains("passwd") || name.contains("null"));
        }
    }

    @Test
    void makesNoLineAndNoColourInTheLog() {
        List<String> messages = List.copyOf(LOG.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
        assertThat(messages)
                .isNotEmpty()
                .allSatisfy(message -> assertThat(message)
                        .doesNotContainPattern("[\\p{Cntrl}\u0080-\u009f\u2028\u2029]")
                        .doesNotContain("forged", "evil.example", "jndi"));
    }

    @Test
    void makesNoMetricOfItsOwn() throws Exception {
        for (String line : gateway.get("/metrics").split("\n")) {
            assertThat(line)
                    .matches(text ->
                            text.startsWith("# ") || SAMPLE.matcher(text).matches());
            assertThat(line).doesNotStartWith("falco_forged");
        }
    }

    @Test
    void makesNoEventOfItsOwnInTheStream() throws Exception {
        HttpResponse<Stream<String>> answer = gateway.stream("/api/stream?since=0");
        Iterator<String> lines = answer.body().iterator();
        List<JsonObject> events = new ArrayList<>();
        String last = "";
        while (events.size() < sent.size()) {
            String line = lines.next();
            assertThat(line).matches("(?s)(:.*|retry: \\d+|id: \\d+|event: (falco|hello)|data: \\{.*}|)");
            if (line.startsWith("data: ") && last.equals("event: falco")) {
                events.add(new JsonObject(line.substring("data: ".length())));
            }
            last = line;
        }
        assertThat(events.stream().map(event -> event.getString("uuid")))
                .containsExactlyElementsOf(sent.stream()
                        .map(event -> new JsonObject(event).getString("uuid"))
                        .toList());
    }

    @Test
    void answersAllOfTheApiAsJsonThatNoBrowserTakesForAPage() throws Exception {
        for (String path : List.of(
                "/api/events?limit=1000",
                "/api/summary?by=rule",
                "/api/summary?by=host",
                "/api/summary?by=proc.cmdline",
                "/api/hosts",
                "/api/histogram?step=1m",
                "/api/sinks",
                "/api/routes",
                "/api/rejected")) {
            HttpResponse<String> answer = gateway.send("GET", path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
            new JsonObject(answer.body());
        }
        HttpResponse<String> page = gateway.send("GET", "/");
        assertThat(page.body()).doesNotContain("onerror", "evil.example");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'")
                .doesNotContain("unsafe");
    }

    @Test
    void makesNoFormulaInATable() throws Exception {
        String csv = gateway.get("/api/events?format=csv");
        for (String record : csv.split("\r\n(?=\\d+,)")) {
            for (String cell : record.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")) {
                String text = cell.startsWith("\"") ? cell.substring(1) : cell;
                assertThat(text).doesNotMatch("(?s)[=+@\t\r-].*");
            }
        }
    }

    @Test
    void staysTextInWhatIsPostedOn() throws Exception {
        List<Receiver.Request> requests = receiver.requests();
        assertThat(requests.stream().map(Receiver.Request::uri).distinct())
                .containsExactlyInAnyOrder("/falco", "/cloud", "/ui", "/form", "/api/v2/alerts");
        for (Receiver.Request request : requests) {
            assertThat(request.headers().toString()).doesNotContain("forged", "evil", "\u001b");
            switch (request.uri()) {
                case "/falco" -> request.text().lines().forEach(JsonObject::new);
                case "/form" ->
                    assertThat(new JsonObject(request.text()).fieldNames()).containsExactly("text");
                case "/ui" ->
                    assertThat(new JsonObject(request.text()).fieldNames())
                            .containsExactlyInAnyOrder("event", "outputs");
                case "/cloud" ->
                    assertThat(new JsonObject(request.text()).getString("type")).isEqualTo("org.falco.event");
                default ->
                    new JsonArray(request.text())
                            .forEach(alert -> assertThat(((JsonObject) alert)
                                            .getJsonObject("labels")
                                            .fieldNames())
                                    .allMatch(name -> name.matches("[a-zA-Z_][a-zA-Z0-9_]*")));
            }
        }
        long templated = requests.stream()
                .filter(request -> request.uri().equals("/form"))
                .count();
        assertThat(templated).as("templates").isEqualTo(sent.size());
        assertThat(requests.stream()
                        .filter(request -> request.uri().equals("/form"))
                        .map(Receiver.Request::text))
                .noneMatch(text -> text.contains("49"));
    }

    /** A message but for its code blocks and footers, in which Discord brings nothing to life. */
    private static String rendered(JsonObject message) {
        return message.encode()
                .replaceAll("(?s)```.*?```", "")
                .replaceAll("\"footer\":\\{\"text\":\"(?:[^\"\\\\]|\\\\.)*\"", "");
    }

    @Test
    void comesToLifeNowhereInDiscord() {
        for (FakeDiscord.Received message : discord.received()) {
            assertThat(DiscordLimits.violations(message.message())).isEmpty();
            assertThat(message.message().getJsonObject("allowed_mentions").getJsonArray("parse"))
                    .isEmpty();
            assertThat(rendered(message.message())).doesNotContainPattern(LIVE);
            assertThat(message.uri()).doesNotContain("evil", "passwd");
        }
        assertThat(discord.accepted().stream()
                        .map(JsonObject::encode)
                        .mapToInt(text -> text.getBytes(UTF_8).length)
                        .sum())
                .isPositive();
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
