package io.github.falcogateway.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WindowsTest {

    private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final Windows windows = new Windows();

    /** Else each event would begin one, and all of them would be held until their ends. */
    @Test
    void oneInWhichNothingIsToldIsOneAllTheSame() {
        for (int minute = 0; minute < 60; minute++) {
            Instant now = START.plus(Duration.ofMinutes(minute));
            assertThat(windows.admit("r", 0, HOUR, now)).isFalse();
            assertThat(windows.ends("r", now.plus(HOUR))).isEqualTo(START.plus(HOUR));
        }
        assertThat(windows.size()).isEqualTo(1);
    }
}
