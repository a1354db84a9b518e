package io.github.falcogateway.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

    @ParameterizedTest
    @CsvSource({
        "2026-05-01T12:00:00+05:30, 2026-05-01T06:30:00Z",
        "2026-05-01T12:00:00-0030, 2026-05-01T12:30:00Z",
        "2026-05-01T12:00:00+02, 2026-05-01T10:00:00Z",
        "2026-05-01T12:00:00.5+23:59, 2026-04-30T12:01:00.5Z",
        "2026-05-01T12:00:00-23:59, 2026-05-02T11:59:00Z",
        "2026-05-01T12:00:00-00:00, 2026-05-01T12:00:00Z",
        "2026-05-01T12:00:00+24:00,",
        "2026-05-01T12:00:00+02:60,",
        "2026-05-01T12:00:00Z+2,"
    })
    void takesAnyOffset(String text, @Nullable Instant time) {
        assertThat(Timestamps.parse(text)).isEqualTo(time);
    }

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
