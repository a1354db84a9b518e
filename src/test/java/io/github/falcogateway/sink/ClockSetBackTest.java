package io.github.falcogateway.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.codec.KeptReader;
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
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A machine came up with a clock that was hours ahead, and time synchronization sets it right. */
class ClockSetBackTest {

    private static final Instant START = Instant.parse("2026-11-24T16:00:00Z");
    private static final Duration BACK = Duration.ofHours(6);
    private static final Duration TEN = Duration.ofSeconds(10);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Telemetry telemetry = new Telemetry("t");
    private Flood flood = new Flood(FloodOptions.defaults(), telemetry.routes());
    private Instant now = START;
    private long id;

    @Test
    void aStormIsToldAndTheNextUrgentEventsAreToldOneByOne() {
        for (int i = 0; i < 60; i++) {
            offer(null, Priority.CRITICAL);
        }
        assertThat(due()).isEmpty();
        setBack();
        assertThat(offer(null, Priority.CRITICAL)).isNotNull();
        assertThat(due()).isEmpty();
        after(10);
        assertThat(only(due()).count()).isEqualTo(10);
    }

    @Test
    void aGroupThatWaitsIsToldAfterItsWait() {
        offer(grouped(null), Priority.NOTICE);
        offer(grouped(null), Priority.NOTICE);
        setBack();
        assertThat(due()).isEmpty();
        after(10);
        assertThat(only(due()).count()).isEqualTo(2);
    }

    @Test
    void aGroupThatSpokeIsToldAfterItsIntervalAndEnds() {
        Route route = grouped(new Throttle(1, MINUTE, List.of()));
        offer(route, Priority.NOTICE);
        after(10);
        due();
        offer(route, Priority.NOTICE);
        offer(route, Priority.NOTICE);
        setBack();
        assertThat(due()).isEmpty();
        after(300);
        assertThat(only(due()).count()).isEqualTo(2);
        after(300);
        assertThat(due()).isEmpty();
        assertThat(flood.groups().keys("group")).isEmpty();
    }

    @Test
    void aThrottleAndADedupCountAnew() {
        Route throttled = route(null, new Throttle(1, MINUTE, List.of()), new Quiet(null, null, null));
        Route once = route(null, null, new Quiet(new Dedup(MINUTE, Dedup.alike()), null, null));
        for (Route route : List.of(throttled, once)) {
            offer(route, Priority.NOTICE);
            assertThat(offer(route, Priority.NOTICE)).isNull();
        }
        setBack();
        assertThat(due()).isEmpty();
        assertThat(offer(throttled, Priority.NOTICE)).isNotNull();
        assertThat(offer(throttled, Priority.NOTICE)).isNull();
        assertThat(offer(once, Priority.NOTICE)).isNotNull();
        assertThat(offer(once, Priority.NOTICE)).isNull();
        after(60);
        assertThat(due().stream().mapToLong(Delivery::weight).sum()).isEqualTo(4);
    }

    @Test
    void whatExplainedEventsAwayExplainsThoseOfHoursBeforeNoMore() {
        Inhibit inhibit = new Inhibit("priority >= Critical", MINUTE, List.of("host"));
        Route route = route(null, null, new Quiet(null, inhibit, null));
        flood.mark(delivery(Priority.CRITICAL).event().event(), route);
        assertThat(offer(route, Priority.NOTICE)).isNull();
        setBack();
        assertThat(offer(route, Priority.NOTICE)).isNotNull();
        flood.mark(delivery(Priority.CRITICAL).event().event(), route);
        assertThat(offer(route, Priority.NOTICE)).isNull();
        after(61);
        assertThat(offer(route, Priority.NOTICE)).isNotNull();
    }

    @Test
    void aDigestIsToldWithinADay() {
        Digest digest = new Digest(LocalTime.of(8, 0), ZoneOffset.UTC, List.of("rule"));
        Route route = route(null, null, new Quiet(null, null, digest));
        now = START.plus(Duration.ofDays(365));
        offer(route, Priority.NOTICE);
        now = START;
        assertThat(due()).isEmpty();
        after(Duration.ofDays(1).toSeconds());
        assertThat(only(due()).count()).isEqualTo(1);
    }

    /** Its end is a time of the calendar: what it held is told then. */
    @Test
    void aSilenceThatHoldsOnIsToldAtItsEnd() {
        Instant end = START.plus(Duration.ofHours(1));
        Silence silence = new Silence(
                "1",
                Filter.compile("rule exists", Definitions.none()),
                "me",
                "works",
                START.minus(Duration.ofDays(1)),
                end);
        Situation silent = new Situation(null, false, List.of(silence), true, now);
        assertThat(flood.offer(delivery(Priority.CRITICAL), silent)).isNull();
        setBack();
        assertThat(flood.due(List.of(silence), room(), now)).isEmpty();
        after(3601);
        assertThat(flood.due(List.of(silence), room(), now)).isEmpty();
        now = end;
        assertThat(flood.due(List.of(silence), room(), now)).hasSize(1);
    }

    @Test
    void theSameHoldsWhereItIsSetBackWhileTheGatewayIsDown() {
        for (int i = 0; i < 60; i++) {
            offer(null, Priority.CRITICAL);
        }
        offer(grouped(null), Priority.NOTICE);
        Map<String, Buffer> notes = new HashMap<>();
        flood.changes(notes);
        flood = new Flood(FloodOptions.defaults(), telemetry.routes());
        flood.restore(notes, new KeptReader());
        setBack();
        assertThat(offer(null, Priority.CRITICAL)).isNotNull();
        assertThat(due()).isEmpty();
        after(10);
        assertThat(due().stream().mapToLong(Delivery::weight).sum()).isEqualTo(11);
    }

    private void setBack() {
        now = now.minus(BACK);
    }

    private void after(long seconds) {
        now = now.plusSeconds(seconds);
    }

    private @Nullable Delivery offer(@Nullable Route route, Priority priority) {
        return flood.offer(delivery(priority), new Situation(route, false, List.of(), true, now));
    }

    private List<Delivery> due() {
        return flood.due(List.of(), room(), now);
    }

    private static Room room() {
        return new Room(40, 30, 10, 10);
    }

    private Delivery delivery(Priority priority) {
        return new Delivery(
                SampleEvents.at(++id).priority(priority).arrival(now).build(), "r");
    }

    private static Summary only(List<Delivery> due) {
        assertThat(due).hasSize(1);
        return Objects.requireNonNull(due.get(0).summary());
    }

    private static Route grouped(@Nullable Throttle throttle) {
        Grouping grouping = new Grouping(List.of("host"), TEN, Duration.ofMinutes(5), Duration.ofHours(4), 3);
        return route(grouping, throttle, new Quiet(null, null, null));
    }

    private static Route route(@Nullable Grouping grouping, @Nullable Throttle throttle, Quiet quiet) {
        return new Route("r", "", "rule exists", List.of("s"), false, true, null, grouping, throttle, quiet);
    }
}
