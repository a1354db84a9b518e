package io.github.falcogateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final Turns turns = new Turns(100);
    private final List<String> begun = new ArrayList<>();

    @Test
    void admitsAsManyAsThereIsRoomForInTheirOrder() {
        ask("a", 60);
        ask("b", 60);
        ask("c", 10);
        assertThat(begun).containsExactly("a");
        turns.end(60);
        assertThat(begun).containsExactly("a", "b", "c");
        ask("d", 30);
        assertThat(begun).containsExactly("a", "b", "c", "d");
    }

    @Test
    void admitsOneAloneThatIsLargerThanAll() {
        ask("a", 10);
        ask("large", 1000);
        ask("c", 10);
        assertThat(begun).containsExactly("a");
        turns.end(10);
        assertThat(begun).containsExactly("a", "large");
        turns.end(1000);
        assertThat(begun).containsExactly("a", "large", "c");
    }

    private void ask(String name, long bytes) {
        turns.ask(bytes, () -> begun.add(name));
    }
}
