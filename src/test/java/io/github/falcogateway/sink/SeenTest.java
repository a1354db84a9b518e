package io.github.falcogateway.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.rule.Inhibit;
import io.github.falcogateway.rule.Route;
import io.github.falcogateway.testing.TestEvents;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeenTest {

    private static final int MOST = 10_000;

    @Test
    void forgetsWhatIsLongestAgoAlsoAfterARestart() {
        Instant start = Instant.parse("2026-11-24T10:00:00Z");
        Map<String, Buffer> notes = new LinkedHashMap<>();
        // As their names go, not their times.
        for (int i = 0; i < MOST; i++) {
            notes.put("mark " + i, Buffer.buffer(start.minusSeconds(i).toString()));
        }
        Seen seen = new Seen(new Keys());
        seen.restore(notes);
        Inhibit inhibit = new Inhibit("priority >= Critical", Duration.ofMinutes(5), List.of("host"));
        Route route = new Route("r", "", "x", List.of("s"), false, true, null, null, null);
        FalcoEvent event = TestEvents.journaled(1, "r", "Critical").event();
        seen.mark(event, route, inhibit);
        Map<String, Buffer> changes = new HashMap<>();
        seen.changes(changes);
        assertThat(changes).hasSize(2).containsEntry("mark " + (MOST - 1), Buffer.buffer());
    }
}
