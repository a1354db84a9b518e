package io.github.falcogateway.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.journal.Limit;
import io.github.falcogateway.secret.Secret;
import io.github.falcogateway.sink.discord.Budgets;
import io.github.falcogateway.sink.discord.DiscordOptions;
import io.github.falcogateway.sink.discord.DiscordSink;
import io.github.falcogateway.sink.discord.Look;
import io.github.falcogateway.testing.FakeDiscord;
import io.github.falcogateway.testing.FakeDiscord.Answer;
import io.github.falcogateway.testing.Patience;
import io.github.falcogateway.testing.SampleEvents;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hours of Discord in seconds: the sink and a receiver that validates every message, on a clock of the test's. */
class DiscordHourTest {

    private static final Duration TICK = Duration.ofMillis(250);
    private static final Pattern IDS = Pattern.compile("#(\\d+)(?:-(\\d+))?");

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final AtomicLong nanos = new AtomicLong();
    private final List<Instant> sent = new ArrayList<>();
    private FakeDiscord discord;
    private DiscordSink sink;
    private Crowd crowd;
    private Instant start;
    private Instant retryAt;
    private long id;

    @BeforeEach
    void open() throws Exception {
        discord = FakeDiscord.start(vertx);
        DiscordOptions options = new DiscordOptions(
                new Secret(discord.url()),
                "",
                Look.defaults("https://falco.example.org"),
                DiscordOptions.BUDGET,
                "",
                Duration.ofMillis(250));
        sink = new DiscordSink(vertx, options, new Budgets(nanos::get), () -> "");
        await(sink.open());
        crowd = new Crowd(FloodOptions.defaults(), List.of());
        start = crowd.now;
        retryAt = crowd.now;
    }

    @AfterEach
    void close() throws Exception {
        await(sink.close());
        await(vertx.close());
    }

    @Test
    void tenThousandEventsInAMinuteAreAtMostThirtyMessages() throws Exception {
        Instant firstCritical = crowd.now;
        Instant told = null;
        for (int tick = 0; tick < 4 * 60; tick++) {
            List<Delivery> events = new ArrayList<>();
            for (int i = 0; i < 42 && id < 10_000; i++) {
                events.add(event(id % 100 == 99 ? Priority.CRITICAL : Priority.WARNING));
                firstCritical = id == 100 ? crowd.now : firstCritical;
            }
            crowd.take(events);
            step();
            if (told == null && criticalIds().contains(100L)) {
                told = sent.get(sent.size() - 1);
            }
        }
        assertThat(id).isEqualTo(10_000);
        assertThat(Duration.between(firstCritical, told)).isLessThanOrEqualTo(Duration.ofSeconds(2));
        finish(Duration.ofMinutes(5));
        assertThat(discord.accepted()).hasSizeLessThanOrEqualTo(30);
        assertThat(criticalIds()).hasSize(100);
        everythingIsTold();
    }

    @Test
    void anHourOfARelimitingThenFailingThenHangingReceiverLosesNothing() throws Exception {
        for (int minute = 0; minute < 60; minute++) {
            for (int tick = 0; tick < 4 * 60; tick++) {
                if (tick % 20 == 0) {
                    crowd.take(List.of(event(tick % 80 == 0 ? Priority.CRITICAL : Priority.WARNING)));
                }
                ill(minute % 4);
                step();
            }
        }
        finish(Duration.ofMinutes(30));
        everythingIsTold();
        assertThat(criticalIds()).hasSize(60 * 3);
        // What Discord counts as invalid before it bans an address is 10,000 in ten minutes.
        assertThat(discord.received()).hasSizeLessThan(3000);
    }

    /** One quarter of an hour is well; in the others the receiver refuses, fails or says nothing. */
    private void ill(int how) {
        if (discord.hasNext()) {
            return;
        }
        switch (how) {
            case 1 -> discord.next(Answer.rateLimited("7", 6.5, id % 2 == 0));
            case 2 -> discord.next(Answer.status(500));
            case 3 -> discord.next(id % 8 == 0 ? Answer.hang() : Answer.status(502));
            default -> {}
        }
    }

    private void step() throws Exception {
        crowd.sift();
        Outbox outbox = crowd.outbox();
        if (!outbox.isEmpty()
                && !crowd.now.isBefore(retryAt)
                && sink.pause(outbox.isUrgent()).isZero()) {
            List<Delivery> batch = outbox.next(Limit.of(DiscordOptions.BATCH));
            int before = discord.received().size();
            Promise<Outcome> promise = Promise.promise();
            context.runOnContext(now -> sink.deliver(batch).onComplete(promise));
            Outcome outcome = await(promise.future());
            for (int i = before; i < discord.received().size(); i++) {
                sent.add(crowd.now);
            }
            crowd.notices.settled(batch, outcome);
            outbox.done(outcome.done());
            Fault fault = outcome.fault();
            if (fault != null) {
                assertThat(fault.hold()).isFalse();
                Duration wait = fault.retryAfter();
                retryAt = crowd.now.plus(wait == null ? Duration.ofSeconds(10) : wait);
            }
        }
        nanos.addAndGet(TICK.toNanos());
        crowd.now = crowd.now.plus(TICK);
    }

    private void finish(Duration most) throws Exception {
        discord.forgetNext();
        Instant end = crowd.now.plus(most);
        while (crowd.now.isBefore(end) && crowd.notices.counts().pending() > 0) {
            step();
        }
    }

    private void everythingIsTold() {
        NoticeCounts counts = crowd.notices.counts();
        assertThat(counts.routed()).isEqualTo(id);
        assertThat(counts.pending()).isZero();
        assertThat(counts.dead()).isZero();
        assertThat(counts.announced() + counts.grouped()).isEqualTo(id);
        assertThat(told()).isGreaterThanOrEqualTo(id);
        for (int i = 0; i < sent.size(); i++) {
            Instant from = sent.get(i);
            assertThat(sent.stream().filter(at -> !at.isBefore(from) && at.isBefore(from.plusSeconds(60))))
                    .as("messages in the minute from " + Duration.between(start, from))
                    .hasSizeLessThanOrEqualTo(DiscordOptions.BUDGET);
        }
    }

    /** How many events the messages stand for. */
    private long told() {
        return discord.embeds().stream()
                .mapToLong(embed -> embed.getJsonArray("fields").stream()
                        .map(JsonObject.class::cast)
                        .filter(field -> field.getString("name").equals("Events"))
                        .mapToLong(field -> Long.parseLong(field.getString("value")))
                        .findFirst()
                        .orElse(1))
                .sum();
    }

    private Set<Long> criticalIds() {
        Set<Long> ids = new HashSet<>();
        for (JsonObject embed : discord.embeds()) {
            Matcher found = IDS.matcher(embed.getString("title").startsWith("CRITICAL") ? embed.encode() : "");
            while (found.find()) {
                long to = Long.parseLong(found.group(2) == null ? found.group(1) : found.group(2));
                for (long i = Long.parseLong(found.group(1)); i <= to; i++) {
                    ids.add(i);
                }
            }
        }
        return ids;
    }

    private Delivery event(Priority priority) {
        JournaledEvent event = SampleEvents.at(++id)
                .rule("rule " + id % 7)
                .host("host-" + id % 40)
                .priority(priority)
                .time(crowd.now)
                .build();
        return new Delivery(event, "");
    }

    private static <T> T await(io.vertx.core.Future<T> future) throws Exception {
        return Patience.get(future);
    }
}
