package io.github.falcogateway.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-05-01T12:00:00+02:00, 2026-05-01T10:00:00Z",
        // What becomes of the plus in an address.
        "2026-05-01T12:00:00 02:00, 2026-05-01T10:00:00Z",
        "2026-05-01T12:00:00.5 0200, 2026-05-01T10:00:00.5Z",
        "2026-05-01 12:00:00Z, 2026-05-01T12:00:00Z",
        "1577836800, 2020-01-01T00:00:00Z",
        "1577836800500, 2020-01-01T00:00:00.5Z",
        "90m, 2026-05-01T10:30:00Z",
        "1h30m, 2026-05-01T10:30:00Z",
        "1w, 2026-04-24T12:00:00Z",
    })
    void readsTimes(String text, Instant time) {
        assertThat(Query.time(text, NOW)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-05-01", "2026-05-01 12:00", "5x", "-5", "yesterday"})
    void saysWhatATimeIs(String text) {
        assertThatThrownBy(() -> Query.time(text, NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RFC 3339");
    }
}
