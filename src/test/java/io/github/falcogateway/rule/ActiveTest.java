package io.github.falcogateway.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.rule.Active.Hours;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActiveTest {

    private static final Active NIGHTS = new Active(
            Set.of(DayOfWeek.FRIDAY),
            List.of(new Hours(LocalTime.of(22, 0), LocalTime.of(6, 0))),
            ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T20:59:59Z, false",
        "2026-01-02T21:00:00Z, true",
        "2026-01-03T04:59:59Z, true",
        "2026-01-03T05:00:00Z, false",
        "2026-01-03T22:00:00Z, false",
        "2026-07-03T20:00:00Z, true",
        "2026-07-04T03:59:59Z, true",
        "2026-07-04T04:00:00Z, false"
    })
    void nightHoursBelongToTheEveningInSummerAndWinter(Instant time, boolean covered) {
        assertThat(NIGHTS.covers(time)).isEqualTo(covered);
    }

    @ParameterizedTest
    @CsvSource({
        "00:00, 00:00, true",
        "07:00, 18:00, true",
        "13:00, 18:00, false",
        "12:00, 12:30, true",
        "11:00, 12:00, false"
    })
    void hoursEndBeforeTheirEnd(LocalTime from, LocalTime to, boolean covered) {
        Active active = new Active(Set.of(), List.of(new Hours(from, to)), ZoneId.of("UTC"));

        assertThat(active.covers(Instant.parse("2026-01-02T12:00:00Z"))).isEqualTo(covered);
    }
}
