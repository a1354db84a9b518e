package io.github.falcogateway.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.rule.Dedup;
import io.github.falcogateway.rule.Inhibit;
import io.github.falcogateway.rule.Quiet;
import io.github.falcogateway.rule.Route;
import io.github.falcogateway.rule.Throttle;
import io.github.falcogateway.telemetry.Telemetry;
import io.github.falcogateway.testing.SampleEvents;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whoever sends events makes up the values by which they are told apart. */
class FloodBoundsTest {

    private static final int VALUES = 101_000;
    private static final Duration HOUR = Duration.ofHours(1);

    private final Flood flood = new Flood(FloodOptions.defaults(), new Telemetry("t").routes());
    private final Map<String, Buffer> notes = new HashMap<>();
    private Instant now = Instant.parse("2026-11-24T10:00:00Z");
    private long id;

    @Test
    void ofAThrottleSoManyValuesAreToldApartAndTheOthersAreToldTogether() {
        assertThat(toldOnce(route(new Throttle(1, HOUR, List.of("host")), Quiet.NONE)))
                .isEqualTo(100_001);
    }

    @Test
    void theSameOfADedup() {
        Dedup dedup = new Dedup(HOUR, List.of("host"));
        assertThat(toldOnce(route(null, new Quiet(dedup, null, null)))).isEqualTo(100_001);
    }

    @Test
    void theSameOfWhatIsExplainedAway() {
        Inhibit inhibit = new Inhibit("priority >= Critical", HOUR, List.of("host"));
        Route route = route(null, new Quiet(null, inhibit, null));
        for (int host = 0; host < VALUES; host++) {
            Delivery delivery = delivery(host);
            flood.mark(event(delivery), route);
            assertThat(offer(route, delivery)).isNull();
        }
        assertThat(flood.groups().open("r")).isEqualTo(100_001);
        assertThat(flood.groups().waiting()).isEqualTo(VALUES);
    }

    /** How many were told; all others wait, and what is kept of all of them is bounded. */
    private int toldOnce(Route route) {
        int told = 0;
        for (int host = 0; host < VALUES; host++) {
            told += offer(route, delivery(host)) == null ? 0 : 1;
        }
        assertThat(offer(route, delivery(0))).isNull();
        flood.changes(notes);
        assertThat(notes.keySet().stream().filter(name -> name.startsWith("window ")))
                .hasSize(told);
        assertThat(flood.groups().waiting()).isEqualTo(VALUES + 1 - told);
        now = now.plus(HOUR);
        assertThat(flood.due(List.of(), new Room(40, 30, 10, 10), now).stream().mapToLong(Delivery::weight))
                .containsExactlyInAnyOrder(1L, (long) VALUES - told);
        assertThat(offer(route, delivery(VALUES))).isNotNull();
        return told;
    }

    private @Nullable Delivery offer(Route route, Delivery delivery) {
        return flood.offer(delivery, new Situation(route, false, List.of(), true, now));
    }

    private Delivery delivery(int host) {
        return new Delivery(
                SampleEvents.at(++id)
                        .host("web-" + host)
                        .priority(Priority.NOTICE)
                        .build(),
                "r");
    }

    private static FalcoEvent event(Delivery delivery) {
        return delivery.event().event();
    }

    private static Route route(@Nullable Throttle throttle, Quiet quiet) {
        return new Route("r", "", "rule exists", List.of("s"), false, true, null, null, throttle, quiet);
    }
}
