package io.github.falcogateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.testing.TestEvents;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramePackerTest {

    private static final JournaledEvent SOME = TestEvents.journaled(1, "Terminal shell in container", "Notice");

    private final FramePacker packer = new FramePacker();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 20, 999, 1000, 1001, 5000})
    void givesEachEventBackFromFramesOfAThousand(int count) {
        List<JournaledEvent> events = events(7, count);

        List<Frame> frames = packer.pack(events);

        assertThat(frames).hasSize((count + 999) / 1000);
        assertThat(unpacked(frames)).isEqualTo(kept(events));
    }

    @Test
    void makesAThirdOfACommitAtMost() {
        List<JournaledEvent> events = events(1, 60);

        assertThat(packer.pack(events).get(0).body().length)
                .isLessThan(
                        events.stream().mapToInt(event -> event.json().length).sum() / 3);
    }

    @Test
    void beginsAFrameWhereAnIdIsMissingAndAtAMegabyte() {
        List<JournaledEvent> events = new ArrayList<>(events(1, 30));
        events.addAll(events(40, 30));
        byte[] large = new byte[700_000];
        new Random(1).nextBytes(large);
        for (int id = 70; id < 74; id++) {
            events.add(new JournaledEvent(id, SOME.event(), large));
        }

        List<Frame> frames = packer.pack(events);

        assertThat(frames).extracting(Frame::firstId).containsExactly(1L, 40L, 72L);
        assertThat(unpacked(frames)).isEqualTo(kept(events));
    }

    @Test
    void readsTheFramesOfBefore() {
        List<JournaledEvent> events = events(1, 200);
        ByteBuffer plain = ByteBuffer.allocate(1 << 20);
        events.forEach(event -> FramePart.put(event, plain));
        Frame frame = new Frame(1, 200, Arrays.copyOf(plain.array(), plain.position()));

        assertThat(frame.parts()).hasSize(1);
        assertThat(unpacked(List.of(frame))).isEqualTo(kept(events));
    }

    @Test
    void unpacksNoMoreThanABlockForOneEvent() {
        List<JournaledEvent> events = events(1, 1000);
        Frame frame = packer.pack(events).get(0);

        FramePart part = frame.part(500);

        assertThat(part.count()).isLessThan(500);
        assertThat(part.unpack().get((int) (500 - part.firstId())))
                .isEqualTo(events.get(499).json());
        assertThat(frame.part(1001).count()).isZero();
    }

    @Test
    void losesTheEventsOfADamagedBlockAndGivesNoneThatIsNot() {
        List<String> events = kept(events(1, 1000));
        byte[] body = packer.pack(events(1, 1000)).get(0).body();
        Random random = new Random(1);
        long lost = 0;
        for (int i = 0; i < 1000; i++) {
            byte[] damaged = body.clone();
            damaged[Integer.BYTES + random.nextInt(body.length - Integer.BYTES)] ^= (byte) (1 << random.nextInt(8));
            List<String> left = unpacked(List.of(new Frame(1, 1000, damaged)));
            assertThat(left).hasSize(1000);
            for (int k = 0; k < 1000; k++) {
                if (!left.get(k).equals(events.get(k))) {
                    assertThat(left.get(k)).isEqualTo("damaged");
                    lost++;
                }
            }
        }
        // Half a block of some 140 of these events, but where the head of a block is hit.
        assertThat(lost / 1000).isBetween(10L, 200L);
    }

    @Test
    void takesWhatIsLeftOfABodyThatIsCut() {
        List<String> events = kept(events(1, 1000));
        byte[] body = packer.pack(events(1, 1000)).get(0).body();
        for (int length = 0; length < body.length; length += 501) {
            List<String> left = unpacked(List.of(new Frame(1, 1000, Arrays.copyOf(body, length))));
            assertThat(left).hasSize(1000);
            int whole = left.indexOf("damaged");
            assertThat(left.subList(0, whole)).isEqualTo(events.subList(0, whole));
            assertThat(whole).isGreaterThanOrEqualTo((int) (1000L * length / body.length) - 50);
        }
    }

    private static List<JournaledEvent> events(long from, int count) {
        List<JournaledEvent> events = new ArrayList<>();
        for (long id = from; id < from + count; id++) {
            events.add(TestEvents.journaled(id, "Rule " + id % 17, "Notice", "host-" + id % 5));
        }
        return events;
    }

    private static List<String> kept(List<JournaledEvent> events) {
        return events.stream().map(event -> Arrays.toString(event.json())).toList();
    }

    private static List<String> unpacked(List<Frame> frames) {
        return frames.stream()
                .flatMap(frame -> frame.unpack().stream())
                .map(json -> json == null ? "damaged" : Arrays.toString(json))
                .toList();
    }
}
