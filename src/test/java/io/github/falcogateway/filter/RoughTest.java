package io.github.falcogateway.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.testing.TestEvents;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoughTest {

    private static final List<String> PARTS = List.of(
            "rule = a",
            "priority >= Error",
            "host = web-1",
            "host startswith db",
            "label.env = prod",
            "tags intersects (x)",
            "via = http",
            "time > 0",
            "proc.name = sh",
            "proc.pid > 10",
            "output contains o",
            "tolower(rule) = val(proc.name)",
            "proc.name exists");

    private static Rough rough(String condition) {
        return Filter.compile(condition, Definitions.none()).rough();
    }

    /** An outline as the journal's index keeps it. */
    private static FalcoEvent outline(FalcoEvent event) {
        return new FalcoEvent(
                event.rule(),
                event.priority(),
                event.source(),
                event.time(),
                "",
                "",
                event.tags(),
                event.hostname(),
                null,
                Map.of(),
                event.provenance());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rule = a and host = web-1 | true
            not (priority < Error or source = k8s_audit) | true
            label.env in (prod, test) | true
            time > 1000 | true
            tolower(rule) = a | true
            rule = a and proc.name = sh | false
            output contains a | false
            remote = 10.0.0.1 | false
            """)
    void knowsWhetherAnOutlineDecidesAlone(String condition, boolean exact) {
        assertThat(rough(condition).exact()).isEqualTo(exact);
    }

    @Test
    void neverMissesAnEventThatMatchesAndIsRightWhereItIsExact() {
        List<FalcoEvent> events = List.of(
                TestEvents.event("{\"rule\":\"a\",\"priority\":\"Error\",\"output\":\"o\",\"tags\":[\"x\"],"
                        + "\"output_fields\":{\"proc.name\":\"sh\",\"proc.pid\":12}}"),
                TestEvents.event("{\"rule\":\"A\",\"priority\":\"Debug\",\"time\":\"1960-01-01T00:00:00Z\","
                        + "\"output_fields\":{\"proc.name\":\"a\"}}"),
                TestEvents.event("{\"rule\":\"b\",\"priority\":\"Critical\",\"output\":\"none\"}"));
        for (String left : PARTS) {
            for (String right : PARTS) {
                for (String form : List.of("%s and %s", "%s or not %s", "not (%s and not %s)", "not (not %s or %s)")) {
                    check(form.formatted("(" + left + ")", "(" + right + ")"), events);
                }
            }
        }
    }

    private static void check(String condition, List<FalcoEvent> events) {
        Filter filter = Filter.compile(condition, Definitions.none());
        for (FalcoEvent event : events) {
            boolean may = filter.rough().testTimed(outline(event));
            if (filter.test(event)) {
                assertThat(may).as(condition).isTrue();
                assertThat(filter.rough().test(outline(event))).as(condition).isTrue();
            } else if (filter.rough().exact()) {
                assertThat(may).as(condition).isFalse();
            }
        }
    }
}
