package io.github.falcogateway.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.filter.Demand.How;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogicTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "priority >= Error and priority < Error",
                "severity > 5 and priority >= Critical",
                "severity > 7",
                "priority < debug",
                "not priority >= debug",
                "priority = error and not severity = 3",
                "rule = a and rule = b",
                "rule = a and rule != a",
                "rule = a and (host = x or host = y) and not rule startswith a",
                "rule in (a, b) and rule in (c)",
                "proc.pid > 5 and proc.pid < 5",
                "proc.pid >= 5 and proc.pid < 5",
                "proc.pid = 5 and proc.pid > 0x10",
                "proc.name = x and not proc.name = x",
                "proc.name glob a* and not proc.name glob a*",
                "(rule = a and rule = b) or priority < Debug",
                "rule = a and (rule = b or rule = c)",
                "label.env = prod and label.env = test",
            })
    void knowsWhatIsNeverTrue(String condition) {
        assertThat(filter(condition).never()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "priority >= Error and priority <= Error",
                "severity < 3",
                "rule = a or rule = b",
                "rule in ()",
                "c.true = 1 and not c.true = 1",
                "c.list = a and c.list = b",
                "tags intersects (a) and tags intersects (b)",
                "proc.pid > 5 and proc.pid < 7",
                "proc.pid = 5 and proc.pid = 5.0",
                "host = 10.0.0.0/8 and host = 10.1.0.0/16",
                "not rule = a and not rule = b",
                "rule != a and rule != b",
                "proc.name = val(proc.pname) and proc.name = x",
            })
    void claimsNothingOfOthers(String condition) {
        assertThat(filter(condition).never()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "priority >= Warning and proc.name = a | proc.name = a and priority >= Error and host = x",
                "priority >= Debug | proc.name = a",
                "severity < 5 | priority >= Warning",
                "rule exists | proc.name = a",
                "host exists and priority exists | proc.name = a or tags intersects (x)",
                "rule in (a, b) | rule = b and host = x",
                "rule startswith Write | rule = 'Write below etc'",
                "not rule = a | rule = b",
                "rule != a | rule in (b, c)",
                "proc.name = a or proc.name = b | proc.name = b",
                "proc.name = a or proc.name = b | proc.name = b or proc.name = a",
                "proc.pid > 5 | proc.pid > 6 and host = x",
                "proc.pid >= 6 | proc.pid > 6",
                "rule startswith Wri | rule startswith Write",
                "output contains b | output contains abc",
                "priority >= Error | priority >= Critical and (rule = a or rule = b)",
                "rule in (a, b) | host = x and (rule = a or rule = b)",
                "falco.rule = a | rule = a",
                "not (proc.name = a and host = x) | not host  =  x",
            })
    void knowsWhatCoversWhat(String wide, String narrow) {
        assertThat(filter(wide).covers(filter(narrow))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "proc.name = a and priority >= Error and host = x | priority >= Warning and proc.name = a",
                "proc.name = a | not proc.name = b",
                "rule = a | rule = a or host = x",
                "not rule = a | rule in (a, b)",
                "proc.pid > 6 | proc.pid >= 6",
                "proc.pid > 5 | proc.pid exists",
                "proc.name exists | rule = a",
                "rule startswith Write | rule startswith Wri",
                "priority >= Error | priority >= Critical or rule = a",
                "c.a = x | c.a in (x)",
            })
    void claimsNoMoreThanItKnows(String wide, String narrow) {
        assertThat(filter(wide).covers(filter(narrow))).isFalse();
    }

    @Test
    void knowsWhichFieldsAConditionAsksFor() {
        assertThat(filter("rule in (a, b) and rule != b and priority >= Critical")
                        .demand())
                .isEqualTo(new Demand(List.of(new Demand.Ask(0, How.EQUALS, Set.of("a", "b"))), 0b111));
        assertThat(asks("host in (a, b) and proc.name = x"))
                .containsExactly(new Demand.Ask(1, How.EQUALS, Set.of("x")));
        assertThat(asks("rule = a and host = x or rule = b"))
                .containsExactly(new Demand.Ask(0, How.EQUALS, Set.of("a", "b")));
        assertThat(asks("fd.name startswith /srv/ or fd.name glob /opt/a*b"))
                .containsExactly(new Demand.Ask(0, How.BEGINS, Set.of("/srv/", "/opt/a")));
        assertThat(asks("fd.name startswith /srv/ and rule in (a, b)"))
                .containsExactly(new Demand.Ask(1, How.EQUALS, Set.of("a", "b")));
        assertThat(asks("tags intersects (x, y) or fd.name startswith /srv/ or fd.name = /srv/a"))
                .containsExactly(
                        new Demand.Ask(0, How.EQUALS, Set.of("x", "y")),
                        new Demand.Ask(1, How.BEGINS, Set.of("/srv/")),
                        new Demand.Ask(1, How.EQUALS, Set.of("/srv/a")));
        assertThat(asks("proc.cmdline contains \"--job=7\" and fd.name glob *etc/?passwd*"))
                .containsExactly(new Demand.Ask(0, How.CONTAINS, Set.of("--job=7")));
        assertThat(asks("fd.name glob *etc/?passwd* or fd.name endswith .key"))
                .containsExactly(new Demand.Ask(0, How.CONTAINS, Set.of("passwd", ".key")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not fd.name startswith /srv/",
                "fd.name glob *a",
                "fd.name glob *ab",
                "fd.name glob *[a]bcd",
                "fd.name glob *\\\\abcd",
                "fd.name contains ab",
                "fd.name icontains abc",
                "fd.name iglob a*",
                "tolower(fd.name) startswith a",
                "rule = a or priority >= Error",
                "rule = a or x.y contains b",
                "not rule = a",
                "rule != a",
                "x.y = 1",
                "host = 10.0.0.1",
                "x.y = val(a.b)"
            })
    void asksForNothingWhereAnythingMayMatch(String condition) {
        assertThat(asks(condition)).isEmpty();
    }

    private static List<Demand.Ask> asks(String condition) {
        return filter(condition).demand().asks();
    }

    private static Filter filter(String condition) {
        return Filter.compile(condition, Definitions.none());
    }
}
