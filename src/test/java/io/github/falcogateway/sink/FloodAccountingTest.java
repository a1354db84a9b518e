package io.github.falcogateway.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.filter.Definitions;
import io.github.falcogateway.filter.Filter;
import io.github.falcogateway.journal.Limit;
import io.github.falcogateway.rule.Dedup;
import io.github.falcogateway.rule.Digest;
import io.github.falcogateway.rule.Grouping;
import io.github.falcogateway.rule.Inhibit;
import io.github.falcogateway.rule.Quiet;
import io.github.falcogateway.rule.Route;
import io.github.falcogateway.rule.Silence;
import io.github.falcogateway.rule.Throttle;
import io.github.falcogateway.telemetry.FaultReason;
import io.github.falcogateway.testing.TestEvents;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Routed = announced + grouped + silenced + dead + pending, whatever happens. */
class FloodAccountingTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Random random = new Random(0);
    private long id;
    private long delivered;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyEventIsAccountedForThroughFaultsAndCrashes(long seed) throws Exception {
        random = new Random(seed);
        FloodOptions options = new FloodOptions(Priority.CRITICAL, 5, Duration.ofSeconds(10));
        Crowd crowd = new Crowd(options, routes());
        for (int step = 0; step < 400; step++) {
            crowd.now = crowd.now.plusMillis(random.nextInt(20_000));
            silence(crowd);
            crowd.take(events(crowd, random.nextInt(4) == 0 ? 120 : 6));
            crowd.save();
            check(crowd);
            deliver(crowd);
            check(crowd);
            if (random.nextInt(10) == 0) {
                crowd.crash();
                check(crowd);
            }
        }
        for (int hour = 0; hour < 60; hour++) {
            crowd.now = crowd.now.plus(Duration.ofHours(1));
            crowd.sift();
            while (!crowd.outbox().isEmpty()) {
                deliver(crowd);
            }
        }
        NoticeCounts counts = check(crowd);
        assertThat(counts.pending()).isZero();
        assertThat(counts.announced() + counts.grouped()).isEqualTo(delivered);
        assertThat(counts.silenced()).isPositive();
        assertThat(counts.dead()).isPositive();
    }

    private NoticeCounts check(Crowd crowd) {
        NoticeCounts counts = crowd.notices.counts();
        assertThat(counts.routed()).isEqualTo(id);
        assertThat(counts.announced() + counts.grouped() + counts.silenced() + counts.dead() + counts.pending())
                .isEqualTo(id);
        return counts;
    }

    /** Some messages arrive, some are refused, some have to wait; what became of them is kept. */
    private void deliver(Crowd crowd) {
        List<Delivery> batch = crowd.outbox().next(Limit.of(10));
        if (batch.isEmpty()) {
            return;
        }
        int done = random.nextInt(batch.size() + 1);
        boolean refused = done > 0 && random.nextInt(5) == 0;
        Fault fault = done < batch.size() ? Fault.passing(FaultReason.SERVER_ERROR, "503") : null;
        Outcome outcome = new Outcome(done, refused ? Map.of(0, "400") : Map.of(), fault);
        for (int i = refused ? 1 : 0; i < done; i++) {
            delivered += batch.get(i).weight();
        }
        crowd.notices.settled(batch, outcome);
        crowd.outbox().done(done);
        crowd.save();
    }

    private void silence(Crowd crowd) {
        if (random.nextInt(20) == 0) {
            crowd.silences.clear();
            crowd.silences.add(new Silence(
                    Long.toString(id),
                    Filter.compile("host = h" + random.nextInt(5), Definitions.none()),
                    "me",
                    "works",
                    crowd.now,
                    crowd.now.plusSeconds(random.nextInt(300))));
        }
    }

    private List<Delivery> events(Crowd crowd, int most) {
        List<Delivery> events = new ArrayList<>();
        int count = random.nextInt(most);
        for (int i = 0; i < count; i++) {
            JournaledEvent event = event(crowd.now);
            String route = crowd.table().match(event.event()).sinks().get("s");
            events.add(new Delivery(event, route));
            for (Route quieted : crowd.table().inhibits(event.event())) {
                events.add(Delivery.mark(event, quieted.name()));
            }
        }
        return events;
    }

    private JournaledEvent event(Instant now) {
        Priority priority = Priority.values()[random.nextInt(20) == 0 ? 2 : 3 + random.nextInt(5)];
        String json = "{\"rule\":\"r" + random.nextInt(6) + "\",\"priority\":\"" + priority.label()
                + "\",\"output\":\"o\",\"time\":\"" + now + "\",\"output_fields\":{\"proc.name\":\"p"
                + random.nextInt(40) + "\"}}";
        return TestEvents.journaled(++id, json, "h" + random.nextInt(5), now);
    }

    private static List<Route> routes() {
        Grouping grouping =
                new Grouping(List.of("host", "rule"), Duration.ofSeconds(10), MINUTE, Duration.ofMinutes(5), 3);
        Throttle throttle = new Throttle(2, MINUTE, List.of("host"));
        Inhibit inhibit = new Inhibit("priority >= Critical", MINUTE, List.of("host"));
        Dedup dedup = new Dedup(MINUTE, Dedup.alike());
        Digest digest = new Digest(LocalTime.of(8, 0), ZoneOffset.UTC, List.of("rule", "host"));
        return List.of(
                route(0, grouping, null, Quiet.NONE),
                route(1, grouping, throttle, Quiet.NONE),
                route(2, null, throttle, Quiet.NONE),
                route(3, null, null, new Quiet(dedup, inhibit, null)),
                route(4, null, null, new Quiet(null, null, digest)));
    }

    private static Route route(int n, @Nullable Grouping grouping, @Nullable Throttle throttle, Quiet quiet) {
        return new Route("route " + n, "", "rule = r" + n, List.of("s"), false, true, null, grouping, throttle, quiet);
    }
}
