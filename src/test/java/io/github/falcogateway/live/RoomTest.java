package io.github.falcogateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoomTest {

    @Test
    void isSharedByAllStreams() {
        assertThat(Room.of(32 << 20, () -> 0).each()).isEqualTo(1 << 20);
        assertThat(Room.of(32 << 20, () -> 1).each()).isEqualTo(1 << 20);
        assertThat(Room.of(32 << 20, () -> 1024).each()).isEqualTo(32 << 10);
        assertThat(Room.of(32 << 20, () -> 5000).each()).isEqualTo(8 << 10);
    }
}
