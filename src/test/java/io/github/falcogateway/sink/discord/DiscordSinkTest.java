package io.github.falcogateway.sink.discord;

import static io.github.falcogateway.sink.discord.DiscordSamples.await;
import static io.github.falcogateway.sink.discord.DiscordSamples.batch;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.secret.Secret;
import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.Fault;
import io.github.falcogateway.sink.Outcome;
import io.github.falcogateway.telemetry.FaultReason;
import io.github.falcogateway.testing.FakeDiscord;
import io.github.falcogateway.testing.FakeDiscord.Answer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PfxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscordSinkTest {

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private FakeDiscord discord;
    private DiscordSink sink;

    @BeforeEach
    void open() throws Exception {
        discord = FakeDiscord.start(vertx);
        sink = new DiscordSink(vertx, DiscordSamples.options(discord.url()), new Budgets(), () -> "");
        await(sink.open());
    }

    @AfterEach
    void close() throws Exception {
        await(sink.close());
        await(vertx.close());
    }

    @Test
    void deliversABatchInAsFewMessagesAsFit() throws Exception {
        assertThat(deliver(batch(25))).isEqualTo(new Outcome(25, Map.of(), null));

        assertThat(discord.accepted()).hasSize(3);
        assertThat(titles()).isEqualTo(rules(1, 25));
    }

    @Test
    void callsTheWebhookAsDiscordAsks() throws Exception {
        deliver(batch(1));

        FakeDiscord.Received received = discord.received().get(0);
        assertThat(received.uri()).isEqualTo("/api/v10/webhooks/1234/s3cr3t-token?wait=true");
        assertThat(received.headers().get("User-Agent"))
                .matches("DiscordBot \\(https://github.com/falco-gateway/falco-gateway, \\S+\\)");
        assertThat(received.headers()).containsEntry("Content-Type", "application/json");
        assertThat(received.message().getString("username")).isEqualTo("Falco");
    }

    @Test
    void goesOnInOrderWithoutDoublesAfterServiceUnavailable() throws Exception {
        discord.next(Answer.taken(Map.of()), Answer.status(503));

        Outcome first = deliver(batch(30));
        assertThat(first.done()).isEqualTo(10);
        assertThat(fault(first)).isEqualTo(Fault.passing(FaultReason.SERVER_ERROR, "status 503"));
        assertThat(deliver(batch(30).subList(10, 30)).fault()).isNull();

        assertThat(titles()).isEqualTo(rules(1, 30));
    }

    @ParameterizedTest
    @CsvSource({"401, UNAUTHORIZED", "404, NOT_FOUND", "410, NOT_FOUND", "302, REFUSED", "405, REFUSED"})
    void holdsWhereTryingAgainIsUseless(int status, FaultReason reason) throws Exception {
        discord.next(Answer.status(status));

        Outcome outcome = deliver(batch(3));

        assertThat(outcome.done()).isZero();
        assertThat(fault(outcome).hold()).isTrue();
        assertThat(fault(outcome).reason()).isEqualTo(reason);
        assertThat(fault(outcome).detail()).doesNotContain("s3cr3t");
    }

    @Test
    void holdsAfterAFewRefusalsThatMayPass() throws Exception {
        discord.next(Answer.status(403), Answer.status(403), Answer.status(403));

        assertThat(fault(deliver(batch(1))).hold()).isFalse();
        assertThat(fault(deliver(batch(1))).hold()).isFalse();
        assertThat(fault(deliver(batch(1))).hold()).isTrue();
    }

    @Test
    void holdsInsteadOfLosingEventsWhereAForumNeedsAThread() throws Exception {
        discord.next(new Answer(400, Map.of(), "{\"code\":220001,\"message\":\"x\"}"));

        assertThat(fault(deliver(batch(1))).hold()).isTrue();
    }

    @Test
    void holdsInsteadOfLosingEventsWhereASettingIsRefused() throws Exception {
        String body = "{\"code\":50035,\"errors\":{\"username\":{\"_errors\":[{\"code\":\"USERNAME_INVALID\"}]}}}";
        discord.next(new Answer(400, Map.of(), body));

        Fault fault = fault(deliver(batch(3)));
        assertThat(fault.hold()).isTrue();
        assertThat(fault.detail()).contains("username USERNAME_INVALID");
    }

    @Test
    void refusesOnlyTheEventThatDiscordRefuses() throws Exception {
        discord.refusing(embed ->
                List.of("rule 4", "rule 13").contains(embed.getString("title").replaceFirst(".* · ", "")));

        Outcome outcome = deliver(batch(25));

        assertThat(outcome.done()).isEqualTo(25);
        assertThat(outcome.fault()).isNull();
        assertThat(outcome.refused())
                .containsOnlyKeys(3, 12)
                .containsEntry(3, "refused with status 400, code 50035: embeds.0.title BASE_TYPE_BAD");
        assertThat(titles())
                .isEqualTo(rules(1, 25).stream()
                        .filter(rule -> !rule.equals("rule 4") && !rule.equals("rule 13"))
                        .toList());
    }

    @Test
    void keepsWhatWasRefusedWhenAFaultStopsTheRest() throws Exception {
        discord.refusing(embed -> embed.getString("title").endsWith(" rule 1"))
                .next(Answer.status(400), Answer.status(400), Answer.taken(Map.of()), Answer.status(500));

        Outcome outcome = deliver(batch(5));

        assertThat(outcome.done()).isEqualTo(2);
        assertThat(outcome.refused()).containsEntry(0, "refused with status 400");
        assertThat(fault(outcome).reason()).isEqualTo(FaultReason.SERVER_ERROR);
        assertThat(titles()).containsExactly("rule 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"errors\":{\"embeds\":[\"0\"]}}",
                "{\"errors\":{\"a b <payload>\":{}}}",
                "{\"code\":\"x\",\"errors\":{\"_errors\":[]}}",
                "{\"errors\":{\"_errors\":[{\"code\":\"<payload>\"}]}}"
            })
    void readsAnyRefusalWithoutRepeatingIt(String body) throws Exception {
        discord.next(new Answer(400, Map.of(), body));

        assertThat(deliver(batch(1)).refused().get(0))
                .startsWith("refused with status 400")
                .doesNotContain("payload");
    }

    @Test
    void reportsATimeoutAndGoesOnWithAnotherConnection() throws Exception {
        DiscordSink hasty = sinkTo(discord.url(), Duration.ofMillis(300));
        discord.next(Answer.hang());

        assertThat(fault(deliver(hasty, batch(2)))).isEqualTo(Fault.passing(FaultReason.TIMEOUT, "no answer in time"));
        assertThat(deliver(hasty, batch(2))).isEqualTo(new Outcome(2, Map.of(), null));
        await(hasty.close());
    }

    @Test
    void reportsAReceiverThatIsNotThere() throws Exception {
        String url = discord.url();
        discord.close();

        Fault fault = fault(deliver(batch(1)));
        assertThat(fault.reason()).isEqualTo(FaultReason.UNREACHABLE);
        assertThat(fault.hold()).isFalse();
        assertThat(fault.detail()).doesNotContain("s3cr3t").doesNotContain(url);
    }

    @Test
    void sendsNothingToAReceiverWhoseCertificateIsNotTrusted(@TempDir Path dir) throws Exception {
        Path keys = dir.resolve("keys.p12");
        selfSign(keys);
        AtomicInteger requests = new AtomicInteger();
        HttpServer server = await(vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(
                                new PfxOptions().setPath(keys.toString()).setPassword("changeit")))
                .requestHandler(request -> requests.incrementAndGet())
                .listen(0, "127.0.0.1"));
        DiscordSink tls = sinkTo("https://127.0.0.1:" + server.actualPort() + "/hook", Duration.ofSeconds(5));

        Fault fault = fault(deliver(tls, batch(1)));

        assertThat(fault.reason()).isEqualTo(FaultReason.UNREACHABLE);
        assertThat(fault.detail()).contains("not trusted");
        assertThat(requests).hasValue(0);
        await(tls.close());
    }

    private static void selfSign(Path keys) throws Exception {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        keys.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void deliversHostileEventsToTheLast() throws Exception {
        HostileTexts texts = new HostileTexts(3);
        List<Delivery> batch = IntStream.rangeClosed(1, 25)
                .mapToObj(id -> DiscordSamples.delivery(texts.event(id)))
                .toList();

        assertThat(deliver(batch)).isEqualTo(new Outcome(25, Map.of(), null));
    }

    @Test
    void deliversNothingBeforeItIsOpen() throws Exception {
        DiscordSink closed = new DiscordSink(vertx, DiscordSamples.options(discord.url()), new Budgets(), () -> "");

        assertThat(fault(deliver(closed, batch(1))).reason()).isEqualTo(FaultReason.INTERNAL);
        await(closed.close());
    }

    private DiscordSink sinkTo(String url, Duration timeout) throws Exception {
        DiscordOptions options =
                new DiscordOptions(new Secret(url), "", DiscordSamples.look(), 600_000_000, "", timeout);
        DiscordSink made = new DiscordSink(vertx, options, new Budgets(), () -> "");
        await(made.open());
        return made;
    }

    private Outcome deliver(DiscordSink to, List<Delivery> batch) throws Exception {
        return DiscordSamples.deliver(context, to, batch);
    }

    private Outcome deliver(List<Delivery> batch) throws Exception {
        return deliver(sink, batch);
    }

    private static Fault fault(Outcome outcome) {
        assertThat(outcome.fault()).isNotNull();
        return outcome.fault();
    }

    private List<String> titles() {
        return discord.embeds().stream()
                .map((JsonObject embed) -> embed.getString("title").replaceFirst(".* · ", ""))
                .toList();
    }

    private static List<String> rules(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(id -> "rule " + id).toList();
    }
}
