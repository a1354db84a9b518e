package io.github.falcogateway.sink.discord;

import static io.github.falcogateway.sink.discord.DiscordSamples.await;
import static io.github.falcogateway.sink.discord.DiscordSamples.batch;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.Fault;
import io.github.falcogateway.sink.Outcome;
import io.github.falcogateway.telemetry.FaultReason;
import io.github.falcogateway.testing.FakeDiscord;
import io.github.falcogateway.testing.FakeDiscord.Answer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitsTest {

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong nanos = new AtomicLong();
    private final Context context = vertx.getOrCreateContext();
    private FakeDiscord discord;
    private DiscordSink sink;

    @BeforeEach
    void open() throws Exception {
        discord = FakeDiscord.start(vertx);
        sink = new DiscordSink(vertx, DiscordSamples.options(discord.url()), new Budgets(nanos::get), () -> "");
        await(sink.open());
    }

    @AfterEach
    void close() throws Exception {
        await(sink.close());
        await(vertx.close());
    }

    @Test
    void waitsAsLongAsAServerErrorAsks() throws Exception {
        discord.next(new Answer(503, Map.of("Retry-After", "20"), ""));

        assertThat(fault(deliver(batch(1))).retryAfter()).isEqualTo(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @CsvSource({"3, 2.5, PT3S", "1, 1.336, PT1.336S", "x, 0.5, PT0.5S", "0, 0, PT1M", "1e300, 1, PT24H"})
    void waitsForTheLongerOfWhatHeaderAndBodySay(String header, double body, Duration wait) throws Exception {
        discord.next(Answer.rateLimited(header, body, false));

        assertThat(fault(deliver(batch(1)))).isEqualTo(Fault.wait(FaultReason.RATE_LIMITED, "status 429", wait));
    }

    @Test
    void sendsNothingBeforeTheWaitIsOver() throws Exception {
        discord.next(Answer.rateLimited("30", 30, true));
        deliver(batch(1));

        nanos.addAndGet(Duration.ofSeconds(25).toNanos());
        assertThat(fault(deliver(batch(1))).retryAfter()).isEqualTo(Duration.ofSeconds(5));
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(deliver(batch(1)).fault()).isNull();

        assertThat(discord.received()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"<html>error 1015</html>, PT10M", "[], PT10M", "null, PT10M", "'', PT10M"})
    void waitsLongWhereA429IsNotOfTheApi(String body, Duration wait) throws Exception {
        discord.next(new Answer(429, Map.of("Retry-After", "40"), body));
        assertThat(fault(deliver(batch(1))).retryAfter()).isEqualTo(wait);
    }

    @Test
    void waitsLongerThanTenMinutesWhereABanSaysSo() throws Exception {
        discord.next(new Answer(429, Map.of("Retry-After", "2285"), "<html>"));

        assertThat(fault(deliver(batch(1))).retryAfter()).isEqualTo(Duration.ofSeconds(2285));
    }

    @Test
    void waitsBeforeTheBucketIsEmptyInsteadOfAfter() throws Exception {
        discord.next(Answer.taken(Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset-After", "3.7")));

        Outcome outcome = deliver(batch(20));

        assertThat(outcome).isEqualTo(new Outcome(10, Map.of(), null));
        assertThat(sink.pause(true)).isEqualTo(Duration.ofMillis(3700));
        assertThat(fault(deliver(batch(10))).retryAfter()).isEqualTo(Duration.ofMillis(3700));
        assertThat(discord.received()).hasSize(1);
    }

    @Test
    void neverMeetsALimitThatTheHeadersAnnounce() throws Exception {
        DiscordSink timed = new DiscordSink(vertx, DiscordSamples.options(discord.url()), new Budgets(), () -> "");
        await(timed.open());
        discord.limitedTo(5, Duration.ofMillis(400));

        for (List<Delivery> rest = batch(120); !rest.isEmpty(); ) {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> timed.pause(false).isZero());
            Outcome outcome = deliver(timed, rest);
            assertThat(outcome.fault()).isNull();
            rest = rest.subList(outcome.done(), rest.size());
        }
        assertThat(discord.received()).hasSize(12);
        assertThat(titles()).isEqualTo(rules(1, 120));
        await(timed.close());
    }

    @Test
    void keepsSomeMessagesOfTheBudgetForWhatIsUrgent() {
        Pace pace = new Pace(new Budgets(nanos::get), "1", "", 20);
        List<Long> sent = new ArrayList<>();
        long minute = Duration.ofMinutes(1).toNanos();
        while (nanos.get() < 10 * minute) {
            nanos.addAndGet(pace.pause(false).toNanos());
            pace.sent(false);
            sent.add(nanos.get());
            assertThat(pace.pause(true))
                    .as("an urgent one waits for none of the others")
                    .isZero();
        }
        assertThat(sent.get(2)).isZero();
        assertThat(most(sent, minute)).isEqualTo(12);
    }

    @Test
    void tellsWhatIsUrgentQuicklyAndNeverMoreThanTheBudget() {
        Pace pace = new Pace(new Budgets(nanos::get), "1", "", 20);
        List<Long> sent = new ArrayList<>();
        long minute = Duration.ofMinutes(1).toNanos();
        long longest = 0;
        while (nanos.get() < 10 * minute) {
            long pause = pace.pause(true).toNanos();
            longest = Math.max(longest, pause);
            nanos.addAndGet(pause);
            pace.sent(true);
            sent.add(nanos.get());
        }
        assertThat(most(sent, minute)).isEqualTo(20);
        assertThat(longest).isLessThan(Duration.ofSeconds(4).toNanos());
    }

    @Test
    void sinksOfOneChannelShareItsBudget() {
        Budgets budgets = new Budgets(nanos::get);
        Pace one = new Pace(budgets, "1", "", 20);
        Pace other = new Pace(budgets, "2", "", 20);
        one.learned("77");
        other.learned("77");
        for (int i = 0; i < 20; i++) {
            one.sent(false);
        }
        assertThat(other.pause(true)).isPositive();
        assertThat(new Pace(budgets, "3", "", 20).pause(true)).isZero();
        one.waitEverywhere(Duration.ofMinutes(10));
        assertThat(new Pace(budgets, "3", "", 20).pause(true)).isEqualTo(Duration.ofMinutes(10));
    }

    private static int most(List<Long> sent, long window) {
        int most = 0;
        for (int i = 0; i < sent.size(); i++) {
            int from = i;
            most = Math.max(most, (int) sent.stream()
                    .filter(at -> at >= sent.get(from) && at < sent.get(from) + window)
                    .count());
        }
        return most;
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
