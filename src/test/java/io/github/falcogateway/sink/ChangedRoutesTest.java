package io.github.falcogateway.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.event.Priority;
import io.github.falcogateway.rule.Grouping;
import io.github.falcogateway.rule.Route;
import io.github.falcogateway.rule.Throttle;
import io.github.falcogateway.testing.SampleEvents;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A group that never ends, as events come all the time, and its route is changed. */
class ChangedRoutesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private Crowd crowd;
    private long id;

    @BeforeEach
    void aGroupHasSpokenAndSpeaksAgainInAnHour() throws Exception {
        crowd = new Crowd(FloodOptions.defaults(), List.of(route(HOUR, null)));
        come();
        after(SECOND);
        assertThat(told()).isEqualTo(1);
        come();
    }

    @Test
    void speaksByTheIntervalThatTheRouteHasNow() throws Exception {
        crowd.reload(List.of(route(MINUTE, null)));
        come();
        after(MINUTE);
        assertThat(told()).isEqualTo(2);
    }

    @Test
    void alsoWhereTheRouteWasChangedWhileTheGatewayWasDown() throws Exception {
        crowd.save();
        crowd.reload(List.of(route(MINUTE, null)));
        crowd.crash();
        come();
        after(MINUTE);
        assertThat(told()).isEqualTo(2);
    }

    @Test
    void keepsToTheThrottleThatTheRouteHasNow() throws Exception {
        crowd.reload(List.of(route(MINUTE, new Throttle(1, HOUR, List.of()))));
        after(MINUTE);
        assertThat(told()).isEqualTo(1);
        come();
        after(MINUTE);
        assertThat(told()).isZero();
        crowd.reload(List.of(route(MINUTE, new Throttle(1, MINUTE, List.of()))));
        come();
        after(HOUR);
        assertThat(told()).isEqualTo(2);
    }

    @Test
    void keepsItsOwnTimesWhereTheRouteIsGone() throws Exception {
        crowd.reload(List.of());
        after(MINUTE);
        assertThat(told()).isZero();
        after(HOUR);
        assertThat(told()).isEqualTo(1);
    }

    private void come() {
        crowd.take(List.of(
                new Delivery(SampleEvents.at(++id).priority(Priority.NOTICE).build(), "r")));
    }

    private void after(Duration time) {
        crowd.now = crowd.now.plus(time);
        crowd.sift();
    }

    /** For how many events messages are new. */
    private long told() {
        long told = crowd.outbox().weight();
        crowd.outbox().next(SinkOptions.batch(100));
        crowd.outbox().done(crowd.outbox().size());
        return told;
    }

    private static Route route(Duration interval, @Nullable Throttle throttle) {
        Grouping grouping = new Grouping(List.of("host"), SECOND, interval, Duration.ofDays(1), 10);
        return new Route("r", "", "rule exists", List.of("s"), false, true, null, grouping, throttle);
    }
}
