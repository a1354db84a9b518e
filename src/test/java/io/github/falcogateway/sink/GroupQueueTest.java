package io.github.falcogateway.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Groups come out in the order in which they are due, however often that changed before. */
class GroupQueueTest {

    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final Comparator<Group> ORDER =
            Comparator.comparing(Group::due).thenComparing(group -> group.key());

    private final GroupQueue queue = new GroupQueue();
    private final Memory memory = new Memory();

    @Test
    void theNextOneIsTheFirstThatIsDue() {
        Random random = new Random(1);
        List<Group> waiting = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            int at = random.nextInt(waiting.size() + 1);
            Instant due = NOW.plusSeconds(random.nextInt(200));
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    Group group = group("g" + i, due);
                    waiting.add(group);
                    queue.put(group);
                }
                case 2 -> {
                    if (at < waiting.size()) {
                        waiting.get(at).delay(due);
                        queue.put(waiting.get(at));
                    }
                }
                case 3 -> {
                    if (at < waiting.size()) {
                        queue.remove(waiting.remove(at));
                    }
                }
                default -> {
                    Group next = queue.poll(due);
                    Group first = waiting.stream()
                            .filter(group -> !group.due().isAfter(due))
                            .min(ORDER)
                            .orElse(null);
                    assertThat(next).isSameAs(first);
                    waiting.remove(first);
                }
            }
        }
        waiting.sort(ORDER);
        Instant end = NOW.plusSeconds(200);
        assertThat(waiting)
                .isNotEmpty()
                .allSatisfy(group -> assertThat(queue.poll(end)).isSameAs(group));
        assertThat(queue.poll(end)).isNull();
    }

    @Test
    void noneIsDueANanosecondTooEarly() {
        Instant due = NOW.plusNanos(1);
        Group group = group("g", due);
        queue.put(group);
        assertThat(queue.poll(NOW)).isNull();
        assertThat(queue.poll(due)).isSameAs(group);
    }

    @Test
    void oneThatIsTakenOutIsInNoPlace() {
        Group group = group("g", NOW);
        queue.put(group);
        assertThat(queue.poll(NOW.minusMillis(1))).isNull();
        assertThat(queue.poll(NOW)).isSameAs(group);
        assertThat(group.queued()).isEqualTo(GroupQueue.NOWHERE);
        queue.remove(group);
        assertThat(queue.poll(NOW)).isNull();
        queue.put(group);
        assertThat(queue.poll(NOW)).isSameAs(group);
    }

    private Group group(String key, Instant due) {
        GroupAbout about = GroupAbout.of(Form.GROUP, "r");
        Group group = new Group(about, Timing.every(Duration.ZERO, Duration.ofMinutes(1)), NOW, memory);
        group.key(key);
        group.delay(due);
        return group;
    }
}
