package io.github.falcogateway.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.event.Priority;
import io.github.falcogateway.filter.Definitions;
import io.github.falcogateway.filter.Filter;
import io.github.falcogateway.rule.Grouping;
import io.github.falcogateway.rule.Route;
import io.github.falcogateway.rule.Silence;
import io.github.falcogateway.rule.Throttle;
import io.github.falcogateway.telemetry.Telemetry;
import io.github.falcogateway.testing.SampleEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
        return flood.due(List.of(), 40, at);
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
