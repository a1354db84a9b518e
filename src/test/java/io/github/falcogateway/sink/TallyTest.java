package io.github.falcogateway.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.rule.EventKey;
import io.github.falcogateway.testing.SampleEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts by value are what counting one by one gives, however few or many values there are. */
class TallyTest {

    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final List<String> FIELDS = List.of("user.name", "proc.cmdline", "fd.name");

    private final Memory memory = new Memory();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 40})
    void countsAsOneByOne(int values) {
        Random random = new Random(values);
        for (int round = 0; round < 50; round++) {
            Tally tally = new Tally(EventKey.of(List.of("rule", "user.name")), true, memory);
            Map<String, Map<String, Long>> naive = new LinkedHashMap<>();
            int events = 1 + random.nextInt(30);
            for (int i = 0; i < events; i++) {
                SampleEvents event = SampleEvents.at(i + 1).host(value(random, "h", values));
                count(naive, "host", event.build().event().host());
                for (String field : FIELDS) {
                    String value = random.nextInt(4) == 0 ? "" : value(random, field, Math.min(values, 12));
                    if (!value.isEmpty()) {
                        event.field(field, value);
                        count(naive, field, value);
                    }
                }
                tally.add(event.build(), "group");
                if (random.nextInt(10) == 0) {
                    tally = moved(tally);
                }
            }
            Summary summary = tally.summary(Form.GROUP);
            assertThat(summary).isNotNull();
            assertThat(summary.count()).isEqualTo(events);
            assertThat(summary.held()).isEqualTo(Map.of("group", (long) events));
            naive.forEach((field, counts) -> {
                assertThat(summary.values().get(field).of()).as(field).isEqualTo(counts);
                assertThat(summary.values().get(field).more()).isZero();
            });
            assertThat(summary.values().keySet()).containsAll(naive.keySet());
            assertThat(FIELDS.stream().filter(field -> !naive.containsKey(field)))
                    .noneMatch(summary.values()::containsKey);
            assertThat(summary.ids()).isNotEmpty();
            assertThat(tally.newest().id()).isEqualTo(events);
        }
    }

    @Test
    void countsFurtherValuesTogether() {
        Tally tally = new Tally(null, false, memory);
        for (int i = 0; i < 50; i++) {
            tally.add(SampleEvents.at(i + 1).field("fd.name", "/f" + i).build(), "storm");
        }
        Counts files = tally.summary(Form.STORM).values().get("fd.name");
        assertThat(files.of()).hasSize(20);
        assertThat(files.more()).isEqualTo(30);
    }

    @Test
    void manyGroupsTellFewerValuesApart() {
        memory.groups(100_000);
        Tally tally = new Tally(null, false, memory);
        for (int i = 0; i < 50; i++) {
            tally.add(
                    SampleEvents.at(i + 1)
                            .host("h" + i)
                            .field("fd.name", "/f" + i)
                            .build(),
                    "group");
        }
        Map<String, Counts> values = tally.summary(Form.GROUP).values();
        assertThat(values.get("fd.name").of()).hasSize(2);
        assertThat(values.get("fd.name").more()).isEqualTo(48);
        assertThat(values.get("host").of()).hasSize(50);
    }

    /** What was told is forgotten, its texts too, and counting begins anew. */
    @ParameterizedTest
    @ValueSource(ints = {3, 40})
    void whatIsClearedIsAsIfNew(int values) {
        Tally tally = new Tally(null, true, memory);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 100; i++) {
                SampleEvents event = SampleEvents.at(i + 1).host("h" + i % values);
                tally.add(event.field("fd.name", "/f" + i % values).build(), "group");
            }
            Summary summary = tally.summary(Form.GROUP);
            assertThat(summary.count()).isEqualTo(100);
            assertThat(summary.values().get("host").of()).hasSize(values).containsEntry("h1", values == 3 ? 33L : 3L);
            assertThat(summary.ids()).containsExactly("1-100");
            tally.clear();
            assertThat(tally.summary(Form.GROUP)).isNull();
            assertThat(tally.newest()).isNull();
            assertThat(tally.nameText()).isZero();
            assertThat(memory.texts().find("h1")).isEqualTo(Texts.NONE);
            assertThat(memory.texts().find("/f1")).isEqualTo(Texts.NONE);
        }
    }

    @Test
    void aHundredThousandGroupsAreDueAFewAtATime() {
        Groups groups = new Groups();
        for (int i = 0; i < 2_500; i++) {
            groups.add(
                    "g" + i,
                    new Delivery(SampleEvents.at(i + 1).build(), "r"),
                    "group",
                    false,
                    () -> groups.fresh(
                            GroupAbout.of(Form.GROUP, "r"), Timing.every(Duration.ZERO, Duration.ofMinutes(1)), NOW));
        }
        List<String> told = new ArrayList<>();
        for (List<String> due = groups.due(NOW); !due.isEmpty(); due = groups.due(NOW)) {
            assertThat(due).hasSizeLessThanOrEqualTo(1000);
            due.forEach(key -> groups.tell(key, groups.get(key), NOW));
            told.addAll(due);
        }
        assertThat(told).hasSize(2_500).doesNotHaveDuplicates();
        assertThat(groups.waiting()).isZero();
    }

    private Tally moved(Tally from) {
        Tally to = new Tally(EventKey.of(List.of("rule", "user.name")), true, memory);
        to.add(from.summary(Form.GROUP), from.newest());
        return to;
    }

    private static String value(Random random, String name, int values) {
        return name + random.nextInt(values);
    }

    private static void count(Map<String, Map<String, Long>> counts, String field, String value) {
        counts.computeIfAbsent(field, first -> new LinkedHashMap<>()).merge(value, 1L, Long::sum);
    }
}
