package io.github.falcogateway.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.event.Priority;
import io.github.falcogateway.filter.Definitions;
import io.github.falcogateway.filter.Filter;
import io.github.falcogateway.rule.Dedup;
import io.github.falcogateway.rule.Digest;
import io.github.falcogateway.rule.Grouping;
import io.github.falcogateway.rule.Inhibit;
import io.github.falcogateway.rule.Quiet;
import io.github.falcogateway.rule.Route;
import io.github.falcogateway.rule.Silence;
import io.github.falcogateway.rule.Throttle;
import io.github.falcogateway.telemetry.Telemetry;
import io.github.falcogateway.testing.SampleEvents;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FloodTest {

    private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
    private static final Duration TEN = Duration.ofSeconds(10);
    private static final Route GROUPED =
            route(new Grouping(List.of("host", "rule"), TEN, Duration.ofMinutes(5), Duration.ofHours(4), 3), null);
    private static final Route THROTTLED = route(null, new Throttle(2, Duration.ofMinutes(1), List.of("host")));

    private final Telemetry telemetry = new Telemetry("t");
    private final Flood flood = new Flood(FloodOptions.defaults(), telemetry.routes());
    private Instant now = START;
    private long id;

    @Test
    void aGroupSpeaksAfterItsWaitThenAtEachIntervalThenEnds() {
        for (int i = 0; i < 5; i++) {
            assertThat(offer(GROUPED, "web-1", Priority.NOTICE)).isNull();
        }
        assertThat(due(after(9))).isEmpty();
        Summary first = only(due(after(1)));
        assertThat(first.count()).isEqualTo(5);
        assertThat(first.worst()).isEqualTo(Priority.NOTICE);
        offer(GROUPED, "web-1", Priority.NOTICE);
        offer(GROUPED, "web-1", Priority.NOTICE);
        assertThat(due(after(299))).isEmpty();
        assertThat(only(due(after(1))).count()).isEqualTo(2);
        assertThat(due(after(300))).isEmpty();
        assertThat(flood.groups().keys("group")).isEmpty();
    }

    @Test
    void aGroupSpeaksAtOnceWhenItGetsWorseOrGrowsTenfold() {
        offer(GROUPED, "web-1", Priority.NOTICE);
        due(after(10));
        offer(GROUPED, "web-1", Priority.ERROR);
        assertThat(due(after(1))).hasSize(1);
        for (int i = 0; i < 10; i++) {
            offer(GROUPED, "web-1", Priority.NOTICE);
        }
        assertThat(only(due(after(1))).count()).isEqualTo(10);
    }

    @Test
    void whatComesBeyondTheMostGroupsSharesOne() {
        for (int host = 0; host < 10; host++) {
            offer(GROUPED, "web-" + host, Priority.NOTICE);
        }
        List<Delivery> due = due(after(10));
        assertThat(due).hasSize(4);
        assertThat(due.stream().map(Delivery::summary).filter(Objects::nonNull))
                .singleElement()
                .satisfies(
                        summary -> assertThat(summary.values().get("host").of()).hasSize(7));
    }

    @Test
    void tellsSoManyOfAThrottledRouteAndTheRestTogether() {
        List<Delivery> told = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            Delivery delivery = offer(THROTTLED, "web-1", Priority.NOTICE);
            if (delivery != null) {
                told.add(delivery);
            }
        }
        assertThat(told).hasSize(2);
        assertThat(offer(THROTTLED, "web-2", Priority.NOTICE)).isNotNull();
        Summary rest = only(due(after(60)));
        assertThat(rest.held()).isEqualTo(Map.of("throttle", 5L));
        assertThat(telemetry.routes().held("r")).isEqualTo(Map.of("throttle", 5L));
    }

    @Test
    void criticalEventsPassGroupsAndAStormOfThemIsToldEveryTenSeconds() {
        int told = 0;
        for (int i = 0; i < 100; i++) {
            told += offer(GROUPED, "web-" + i % 30, Priority.CRITICAL) == null ? 0 : 1;
        }
        assertThat(told).isEqualTo(50);
        Summary storm = only(due(after(10)));
        assertThat(storm.count()).isEqualTo(50);
        assertThat(storm.values().get("host").of()).hasSize(30);
        assertThat(offer(GROUPED, "web-1", Priority.ALERT)).isNotNull();
    }

    /** Some fifteen of such names fill a message. */
    @Test
    void theLastOfAHundredMessagesOfAStormCountsWhatIsBeyond() {
        String name = "x".repeat(190);
        for (int host = 0; host < 3000; host++) {
            Situation full = new Situation(null, false, List.of(), false, now);
            assertThat(flood.offer(delivery(name + host, Priority.CRITICAL), full))
                    .isNull();
        }
        List<Delivery> storms = flood.due(List.of(), new Room(0, 1000, 0, 0), after(10));
        assertThat(storms).hasSize(100);
        assertThat(storms.stream().mapToLong(Delivery::weight).sum()).isEqualTo(3000);
    }

    @Test
    void aStormForWhichThereIsNoRoomGoesOnCounting() {
        for (int i = 0; i < 3; i++) {
            Situation full = new Situation(null, false, List.of(), false, now);
            assertThat(flood.offer(delivery("web-1", Priority.CRITICAL), full)).isNull();
            assertThat(flood.due(List.of(), new Room(40, 0, 10, 10), after(10))).isEmpty();
        }
        assertThat(only(due(after(10))).count()).isEqualTo(3);
    }

    @Test
    void onlyASilenceHoldsACriticalEventBack() {
        Silence silence = new Silence(
                "1",
                Filter.compile("host = web-1", Definitions.none()),
                "me",
                "works",
                START,
                START.plus(Duration.ofHours(1)));
        assertThat(offer(silence, "web-1", now)).isNull();
        assertThat(offer(silence, "web-2", now)).isNotNull();
        assertThat(due(after(3599))).isEmpty();
        assertThat(telemetry.routes().silenced("1")).isEqualTo(1);
        assertThat(offer(silence, "web-1", after(1))).isNotNull();
    }

    @Test
    void aGroupThatGoesOnSaysAtEachRepeatHowMuchItWasInAll() {
        Grouping grouping = new Grouping(List.of("rule"), TEN, Duration.ofMinutes(5), Duration.ofMinutes(12), 3);
        Route route = route(grouping, null);
        offer(route, "web-1", Priority.NOTICE);
        offer(route, "web-1", Priority.NOTICE);
        due(after(10));
        offer(route, "web-1", Priority.NOTICE);
        offer(route, "web-1", Priority.NOTICE);
        assertThat(only(due(after(300))).note()).startsWith("4 in all since");
        offer(route, "web-1", Priority.NOTICE);
        offer(route, "web-1", Priority.NOTICE);
        assertThat(only(due(after(300))).note()).startsWith("6 in all since");
        offer(route, "web-1", Priority.NOTICE);
        offer(route, "web-1", Priority.NOTICE);
        assertThat(only(due(after(110))).note()).startsWith("Reminder: 8 in all since");
    }

    @Test
    void aRuleThatWasNeverSeenOnAHostSpeaksAtOnce() {
        Route byRule = route(new Grouping(List.of("rule"), TEN, Duration.ofMinutes(5), Duration.ofHours(4), 3), null);
        offer(byRule, "web-1", Priority.NOTICE);
        due(after(10));
        offer(byRule, "web-1", Priority.NOTICE);
        assertThat(due(after(5))).isEmpty();
        offer(byRule, "web-2", Priority.NOTICE);
        assertThat(only(due(after(1))).count()).isEqualTo(2);
    }

    @Test
    void aThrottleBoundsTheMessagesOfEachGroup() {
        Grouping grouping = new Grouping(List.of("host"), Duration.ZERO, Duration.ofSeconds(1), Duration.ofHours(4), 3);
        Route route = route(grouping, new Throttle(2, Duration.ofMinutes(1), List.of()));
        int messages = 0;
        for (int second = 0; second < 60; second++) {
            offer(route, "web-1", Priority.NOTICE);
            messages += due(now).size();
            after(1);
        }
        assertThat(messages).isEqualTo(2);
        assertThat(only(due(now)).count()).isEqualTo(58);
    }

    @Test
    void aDigestIsToldOnceADay() {
        Digest digest = new Digest(LocalTime.of(8, 0), ZoneOffset.UTC, List.of("rule", "host"));
        Route route =
                new Route("r", "", "x", List.of("s"), false, true, null, null, null, new Quiet(null, null, digest));
        for (int i = 0; i < 30; i++) {
            assertThat(offer(route, "web-" + i % 3, Priority.ERROR)).isNull();
        }
        assertThat(due(START.plus(Duration.ofHours(21)))).isEmpty();
        Summary told = only(due(START.plus(Duration.ofHours(22))));
        assertThat(told.form()).isEqualTo(Form.DIGEST);
        assertThat(told.values().get(Tally.TABLE).of())
                .containsEntry("Terminal shell in container" + Tally.COLUMN + "web-0", 10L);
    }

    @Test
    void anInhibitedEventIsHeldUntilWhatExplainsItIsLongAgo() {
        Inhibit inhibit = new Inhibit("priority >= Critical", Duration.ofMinutes(5), List.of("host"));
        Route route =
                new Route("r", "", "x", List.of("s"), false, true, null, null, null, new Quiet(null, inhibit, null));
        Instant came = delivery("web-1", Priority.NOTICE).event().event().arrival();
        now = came;
        flood.mark(delivery("web-1", Priority.CRITICAL).event().event(), route);
        assertThat(offer(route, "web-1", Priority.NOTICE)).isNull();
        assertThat(offer(route, "web-2", Priority.NOTICE)).isNotNull();
        assertThat(only(due(after(300))).held()).isEqualTo(Map.of("inhibit", 1L));
    }

    @Test
    void theSameIsToldOnceInItsWindow() {
        Dedup dedup = new Dedup(Duration.ofMinutes(10), Dedup.alike());
        Route route =
                new Route("r", "", "x", List.of("s"), false, true, null, null, null, new Quiet(dedup, null, null));
        assertThat(offer(route, "web-1", Priority.NOTICE)).isNotNull();
        assertThat(offer(route, "web-1", Priority.NOTICE)).isNull();
        assertThat(offer(route, "web-2", Priority.NOTICE)).isNotNull();
        assertThat(only(due(after(600))).held()).isEqualTo(Map.of("dedup", 1L));
        assertThat(offer(route, "web-1", Priority.NOTICE)).isNotNull();
    }

    @Test
    void aHundredThousandOpenGroupsMakeAnEventNoDearer() {
        Grouping grouping =
                new Grouping(List.of("host"), Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(4), 200_000);
        Route route = route(grouping, null);
        for (int host = 0; host < 100_000; host++) {
            offer(route, "web-" + host, Priority.NOTICE);
        }
        flood.changes(new HashMap<>());
        long start = System.nanoTime();
        for (int i = 0; i < 5_000; i++) {
            offer(route, "web-" + i, Priority.NOTICE);
            due(now);
        }
        // A scan of the groups would take minutes.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(flood.groups().waiting()).isEqualTo(105_000);
    }

    @Test
    void aBlindSensorCountsAsAWarning() {
        Flood warned = new Flood(new FloodOptions(Priority.WARNING, 10, TEN), telemetry.routes());
        assertThat(warned.urgent(SampleEvents.at(1)
                        .rule("Falco internal: syscall event drop")
                        .priority(Priority.DEBUG)
                        .build()
                        .event()))
                .isTrue();
    }

    private Instant after(long seconds) {
        now = now.plusSeconds(seconds);
        return now;
    }

    private @Nullable Delivery offer(Route route, String host, Priority priority) {
        return flood.offer(delivery(host, priority), new Situation(route, false, List.of(), true, now));
    }

    private @Nullable Delivery offer(Silence silence, String host, Instant at) {
        return flood.offer(delivery(host, Priority.EMERGENCY), new Situation(null, false, List.of(silence), true, at));
    }

    private List<Delivery> due(Instant at) {
        return flood.due(List.of(), new Room(40, 30, 10, 10), at);
    }

    private Delivery delivery(String host, Priority priority) {
        return new Delivery(SampleEvents.at(++id).host(host).priority(priority).build(), "r");
    }

    private static Summary only(List<Delivery> due) {
        assertThat(due).hasSize(1);
        return Objects.requireNonNull(due.get(0).summary());
    }

    private static Route route(@Nullable Grouping grouping, @Nullable Throttle throttle) {
        return new Route("r", "", "rule exists", List.of("s"), false, true, null, grouping, throttle);
    }
}
