package io.github.falcogateway.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.journal.Limit;
import org.junit.jupiter.api.Test;

class LiveShareTest {

    @Test
    void isLessForEachTheMoreSinksThereAre() {
        assertThat(new LiveShare(32 << 20, () -> 0).get()).isEqualTo(new Limit(8192, 8 << 20));
        assertThat(new LiveShare(32 << 20, () -> 4).get()).isEqualTo(new Limit(8192, 8 << 20));
        assertThat(new LiveShare(32 << 20, () -> 8).get()).isEqualTo(new Limit(4096, 4 << 20));
        assertThat(new LiveShare(32 << 20, () -> 1000).get()).isEqualTo(new Limit(1024, 1 << 20));
    }
}
