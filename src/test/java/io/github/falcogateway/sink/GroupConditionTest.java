package io.github.falcogateway.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.codec.KeptReader;
import io.github.falcogateway.rule.EventKey;
import io.github.falcogateway.rule.Grouping;
import io.github.falcogateway.rule.Route;
import io.github.falcogateway.telemetry.Telemetry;
import io.github.falcogateway.testing.SampleEvents;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A group's message says the condition that takes its events, whatever its values are, also after a restart. */
class GroupConditionTest {

    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final List<String> BY = List.of("host", "user.name");
    private static final Duration WAIT = Duration.ofSeconds(10);

    private final Telemetry telemetry = new Telemetry("t");

    @ParameterizedTest
    @ValueSource(strings = {"", "root", "a\tb", "\t", "a \"quoted\" \\ one", "\u00e4\u20ac\ud83d\ude00", "LONG", "CUT"})
    void isOfItsValues(String given) {
        // The last one makes a name of the length that a shortened one has.
        String user = given.equals("LONG") ? "u".repeat(400) : given.equals("CUT") ? "u".repeat(172) : given;
        Grouping grouping = new Grouping(BY, WAIT, Duration.ofMinutes(5), Duration.ofHours(4), 10);
        Route route = new Route("r", "", "rule exists", List.of("s"), false, true, null, grouping, null);
        Flood flood = new Flood(FloodOptions.defaults(), telemetry.routes());
        SampleEvents event = SampleEvents.at(1).host("web-1");
        Delivery one = new Delivery((user.isEmpty() ? event : event.field("user.name", user)).build(), "r");
        for (int i = 0; i < 2; i++) {
            assertThat(flood.offer(one, new Situation(route, false, List.of(), true, NOW)))
                    .isNull();
        }
        Map<String, Buffer> notes = new HashMap<>();
        flood.changes(notes);
        Flood again = new Flood(FloodOptions.defaults(), telemetry.routes());
        again.restore(notes, new KeptReader());
        EventKey key = EventKey.of(BY);
        String condition = key.condition(key.values(one.event().event()));
        assertThat(condition).startsWith("host = \"web-1\"");
        for (Flood each : List.of(flood, again)) {
            assertThat(each.due(List.of(), new Room(40, 30, 10, 10), NOW.plus(WAIT)))
                    .singleElement()
                    .satisfies(message -> assertThat(message.summary().filter()).isEqualTo(condition));
        }
    }
}
