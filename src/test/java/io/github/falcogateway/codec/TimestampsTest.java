package io.github.falcogateway.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-05-01T12:00:00Z",
                "2026-05-01T12:00:00.120Z",
                "2026-05-01T12:00:00.000123Z",
                "2026-05-01T12:00:00.000000001Z",
                "2026-05-01T12:00:01.999999999Z",
                "1969-12-31T23:59:59.500Z"
            })
    void writesWhatInstantWritesAndReadsItBack(String text) {
        Instant time = Instant.parse(text);

        assertThat(Timestamps.text(time)).isEqualTo(time.toString()).isEqualTo(text);
        assertThat(Timestamps.parse(text)).isEqualTo(time);
    }
}
