package io.github.falcogateway.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.filter.Definitions;
import io.github.falcogateway.filter.Filter;
import io.github.falcogateway.journal.Limit;
import io.github.falcogateway.rule.Digest;
import io.github.falcogateway.rule.Quiet;
import io.github.falcogateway.rule.Route;
import io.github.falcogateway.rule.Silence;
import io.github.falcogateway.testing.SampleEvents;
import io.github.falcogateway.testing.TestEvents;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NoticesTest {

    /** Events of each priority at a time, every five seconds. */
    private static final int EACH = 10;

    private long id;

    @Test
    void tellsTogetherWhatWouldWaitByTheMegabyte() throws Exception {
        Crowd crowd = new Crowd(FloodOptions.defaults(), List.of());
        List<Delivery> events = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            JournaledEvent small = SampleEvents.at(i)
                    .priority(i % 2 == 0 ? Priority.CRITICAL : Priority.NOTICE)
                    .build();
            events.add(new Delivery(new JournaledEvent(i, small.event(), new byte[900_000]), ""));
        }
        crowd.take(events);
        assertThat(crowd.outbox().size()).isEqualTo(3);
        assertThat(crowd.outbox().weight()).isEqualTo(3);
        assertThat(crowd.notices.counts()).isNotNull();
        assertThat(crowd.notices.counts().pending()).isEqualTo(20);
        crowd.outbox().next(SinkOptions.batch(10));
        crowd.outbox().done(1);
        assertThat(crowd.outbox().bytes()).isEqualTo(1_800_000);
    }

    /** A storm beside a flood, and a receiver that is down: what waits does not grow, and all of it is told in the end. */
    @Test
    void whatWaitsForAReceiverThatIsDownForHoursIsBounded() throws Exception {
        Crowd crowd = new Crowd(FloodOptions.defaults(), List.of());
        for (int turn = 0; turn < 1500; turn++) {
            crowd.now = crowd.now.plusSeconds(5);
            crowd.take(storm(crowd.now));
            assertThat(crowd.outbox().size()).isLessThanOrEqualTo(30 + 30 + 40 + 10);
            if (turn % 500 == 100) {
                crowd.save();
                crowd.crash();
            }
        }
        assertThat(crowd.outbox().storms(true)).isEqualTo(30);
        assertThat(crowd.outbox().storms(false)).isEqualTo(10);
        crowd.save();
        assertThat(crowd.kept("outbox")).isBetween(10_000L, 500_000L);
        assertThat(crowd.notices.counts().pending()).isEqualTo(id);
        long told = 0;
        Set<String> named = new HashSet<>();
        Instant end = crowd.now.plusSeconds(3600);
        while (crowd.notices.counts().pending() > 0 && crowd.now.isBefore(end)) {
            for (Delivery message : deliver(crowd)) {
                told += message.weight();
                named.addAll(urgentHosts(message));
            }
        }
        assertThat(told).isEqualTo(id);
        assertThat(named).hasSize(5000);
    }

    @Test
    void whatIsToldOfDaysAndSilencesIsBoundedWhileNobodyHearsAndAllOfItIsToldInTheEnd() throws Exception {
        int routes = 15;
        int days = 20;
        Crowd crowd = new Crowd(FloodOptions.defaults(), digests(routes));
        for (int day = 0; day < days; day++) {
            for (int i = 0; i < routes; i++) {
                crowd.silences.clear();
                crowd.silences.add(silence(crowd.now));
                crowd.take(List.of(on("h", "d" + i, crowd.now), on("silent", "", crowd.now)));
                crowd.now = crowd.now.plus(Duration.ofMinutes(90));
                crowd.sift();
            }
            assertThat(crowd.outbox().size()).isLessThanOrEqualTo(10);
            if (day % 5 == 2) {
                crowd.save();
                crowd.crash();
            }
        }
        Map<Form, Long> told = new EnumMap<>(Form.class);
        for (int hour = 0; hour < 48; hour++) {
            crowd.now = crowd.now.plus(Duration.ofHours(1));
            crowd.sift();
            while (!crowd.outbox().isEmpty()) {
                deliver(crowd)
                        .forEach(message -> told.merge(
                                message.summary().form(), message.summary().count(), Long::sum));
            }
        }
        assertThat(told).isEqualTo(Map.of(Form.DIGEST, (long) routes * days, Form.SILENCE, (long) routes * days));
    }

    @Test
    void ofTheGatewaysOwnWordsOnAMatterTheNewestWaits() throws Exception {
        Crowd crowd = new Crowd(FloodOptions.defaults(), List.of());
        for (String rule : List.of("Sink a is stopped", "Sink b is stopped", "Sink a is stopped")) {
            crowd.notices.say(new Delivery(TestEvents.journaled(0, rule, "Critical"), "", notice(crowd.now)));
            crowd.save();
        }
        crowd.crash();
        assertThat(crowd.outbox().next(Limit.of(10)))
                .extracting(word -> word.event().event().rule())
                .containsExactly("Sink a is stopped", "Sink b is stopped");
    }

    private static List<Route> digests(int many) {
        Digest digest = new Digest(LocalTime.of(8, 0), ZoneOffset.UTC, List.of("rule", "host"));
        return IntStream.range(0, many)
                .mapToObj(i -> new Route(
                        "d" + i,
                        "",
                        "rule exists",
                        List.of("s"),
                        false,
                        true,
                        null,
                        null,
                        null,
                        new Quiet(null, null, digest)))
                .toList();
    }

    private Silence silence(Instant now) {
        Filter silent = Filter.compile("host = silent", Definitions.none());
        return new Silence(Long.toString(id), silent, "me", "works", now, now.plusSeconds(60));
    }

    private Delivery on(String host, String route, Instant now) {
        id++;
        String json = "{\"rule\":\"r\",\"priority\":\"Notice\",\"time\":\"" + now + "\"}";
        return new Delivery(TestEvents.journaled(id, json, host, now), route);
    }

    @Test
    void keepsEachMessageOnceHoweverManyWait() throws Exception {
        Crowd crowd = new Crowd(FloodOptions.defaults(), List.of());
        crowd.take(storm(crowd.now));
        Map<String, Buffer> all = crowd.notices.changes();
        crowd.take(List.of(event(Priority.NOTICE, crowd.now)));
        Map<String, Buffer> one = crowd.notices.changes();
        assertThat(one.keySet()).containsOnlyOnce("outbox " + (2 * EACH + 1));
        assertThat(bytes(one)).isLessThan(bytes(all) / EACH);
        List<Delivery> batch = crowd.outbox().next(Limit.of(2));
        crowd.outbox().done(1);
        assertThat(crowd.notices.changes()).containsOnlyKeys("outbox 1");
        assertThat(batch).hasSize(2);
    }

    @Test
    void keepsTheOrderOfWhatWaitsOverARestartAlsoOfAnOlderVersion() throws Exception {
        Crowd crowd = new Crowd(FloodOptions.defaults(), List.of());
        crowd.take(storm(crowd.now));
        crowd.notices.say(new Delivery(TestEvents.journaled(0, "r", "Critical"), "", notice(crowd.now)));
        List<Long> ids = ids(crowd);
        assertThat(ids).startsWith(0L, 1L, 3L).hasSize(2 * EACH + 1);
        crowd.save();
        crowd.crash();
        assertThat(ids(crowd)).isEqualTo(ids);
        crowd.outbox().next(Limit.of(5));
        crowd.save();
        crowd.crash();
        assertThat(ids(crowd)).isEqualTo(ids);
        // As it was kept before: all in one note.
        crowd.keepTogether("outbox");
        crowd.crash();
        assertThat(ids(crowd)).isEqualTo(ids);
        crowd.save();
        crowd.crash();
        assertThat(ids(crowd)).isEqualTo(ids);
        assertThat(crowd.kept("outbox")).isEqualTo(crowd.kept("outbox "));
    }

    private static List<Long> ids(Crowd crowd) {
        List<Delivery> all = crowd.outbox().next(Limit.of(1000));
        crowd.outbox().done(0);
        return all.stream().map(delivery -> delivery.event().id()).toList();
    }

    private static Summary notice(Instant at) {
        return Summary.notice(at, Priority.CRITICAL, "held");
    }

    private static long bytes(Map<String, Buffer> notes) {
        return notes.entrySet().stream()
                .filter(note -> note.getKey().startsWith("outbox"))
                .mapToLong(note -> note.getValue().length())
                .sum();
    }

    private static List<Delivery> deliver(Crowd crowd) {
        crowd.now = crowd.now.plusSeconds(2);
        crowd.sift();
        List<Delivery> batch = crowd.outbox().next(Limit.of(10));
        crowd.notices.settled(batch, new Outcome(batch.size(), Map.of(), null));
        crowd.outbox().done(batch.size());
        return batch;
    }

    private static Set<String> urgentHosts(Delivery message) {
        Summary summary = message.summary();
        if (summary == null) {
            boolean urgent = message.event().event().priority() == Priority.CRITICAL;
            return urgent ? Set.of(message.event().event().host()) : Set.of();
        }
        return summary.worst() == Priority.CRITICAL
                ? summary.values().get("host").of().keySet()
                : Set.of();
    }

    private List<Delivery> storm(Instant now) {
        List<Delivery> events = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            events.add(event(Priority.CRITICAL, now));
            events.add(event(Priority.NOTICE, now));
        }
        return events;
    }

    /** The next event, of one of 5,000 hosts for each priority. */
    private Delivery event(Priority priority, Instant now) {
        id++;
        String json = "{\"rule\":\"r\",\"priority\":\"" + priority.label() + "\",\"time\":\"" + now + "\"}";
        return new Delivery(TestEvents.journaled(id, json, "h" + id % 10_000, now), "");
    }
}
