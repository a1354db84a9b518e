package io.github.falcogateway.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.filter.Definitions;
import io.github.falcogateway.filter.Filter;
import io.github.falcogateway.testing.TestEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The index leaves out no route that matches: a table agrees with its routes asked one by one. */
class IndexTest {

    private static final List<String> CHECKS = List.of(
            "rule = r1",
            "rule in (r1, r2)",
            "rule startswith r",
            "priority >= Error",
            "severity > 3",
            "host = web-1",
            "label.env = prod",
            "proc.name = a",
            "proc.name in (a, b)",
            "proc.name = 1",
            "k.list = a",
            "k.list in (a, b)",
            "k.list intersects (c)",
            "not rule = r2",
            "proc.name startswith a",
            "proc.name startswith ''",
            "proc.name startswith 1",
            "proc.name startswith abcd",
            "proc.name glob a*",
            "proc.name glob a?c",
            "proc.name glob '[ab]*'",
            "k.list startswith a",
            "k.list startswith 'a,'",
            "host startswith web or host glob we*1",
            "not host startswith web",
            "proc.pid = 1",
            "k.list intersects (a, zz)",
            "k.list contains abc",
            "k.list endswith xyz",
            "tags intersects (t1)",
            "tags in (t1, t2)",
            "tags contains t_3",
            "proc.cmdline contains '--job=1'",
            "proc.cmdline contains '--job=2'",
            "proc.cmdline contains jo",
            "proc.cmdline endswith 'b=1x'",
            "proc.cmdline glob '*job?1*'",
            "proc.cmdline glob '*[j]ob=1*'",
            "proc.cmdline regex '.*job=1x?'",
            "proc.cmdline regex '(x )?--jo.*'",
            "proc.cmdline regex '.*(job=1|job=2).*'",
            "proc.name regex 'a[a-z]+'",
            "proc.name regex 1",
            "k.list regex 'abc|.*xyz'",
            "not proc.cmdline contains '--job=1'",
            "tags intersects (t2) or proc.cmdline contains 'job=2'",
            "proc.name = a or host startswith we or proc.cmdline contains '-jo'");

    private static final List<FalcoEvent> EVENTS = List.of(
            event("r1", "Error", "\"proc.name\":\"a\",\"k.list\":[\"a\",\"c\"]"),
            event("r2", "Debug", "\"proc.name\":\"b\",\"k.list\":\"a\""),
            event("r3", "Critical", "\"proc.name\":1,\"proc.pid\":\"1\",\"k.list\":[]"),
            event("r1", "Warning", "\"proc.name\":[\"a\",\"b\"],\"proc.pid\":1.0"),
            event("other", "Notice", "\"proc.name\":\"abc\""),
            event("other", "Notice", ""),
            event(
                    "r2",
                    "Notice",
                    "\"proc.cmdline\":\"x --job=1 --job=1x\",\"k.list\":[\"xabcx\",[\"xyz\"],\"wxyz\"]",
                    "t1",
                    "t2"),
            event("r9", "Error", "\"proc.cmdline\":[\"--job=2\",\"b=1x\"],\"proc.name\":\"\"", "t2", "xt_3"),
            event("r9", "Error", "\"proc.cmdline\":\"--jo\",\"k.list\":\"abc\"", "t1"));

    @Test
    void aTableAgreesWithItsRoutesOneByOne() throws Exception {
        Random random = new Random(7);
        int compared = 0;
        for (int tables = 0; tables < 400; tables++) {
            List<Route> routes = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                routes.add(Route.of("r" + i, condition(random), List.of("s"), random.nextInt(30) == 0));
            }
            RuleTable table;
            try {
                table = RuleTable.compile(new RuleSet(Map.of(), Map.of(), routes, List.of(), Set.of("s")));
            } catch (RuleProblems neverReached) {
                continue;
            }
            compared++;
            for (FalcoEvent event : EVENTS) {
                assertThat(table.match(event).routes()).isEqualTo(oneByOne(routes, event));
            }
        }
        assertThat(compared).isGreaterThan(50);
    }

    private static List<String> oneByOne(List<Route> routes, FalcoEvent event) {
        List<String> matched = new ArrayList<>();
        for (Route route : routes) {
            if (Filter.compile(route.condition(), Definitions.none()).test(event)) {
                matched.add(route.name());
                if (route.stop()) {
                    break;
                }
            }
        }
        return matched;
    }

    private static String condition(Random random) {
        String first = CHECKS.get(random.nextInt(CHECKS.size()));
        String second = CHECKS.get(random.nextInt(CHECKS.size()));
        return switch (random.nextInt(4)) {
            case 0 -> first;
            case 1 -> first + " or " + second;
            case 2 -> first + " and (" + second + " or k.list exists)";
            default -> "c.d = x or " + first + " and (" + second + " or k.list exists)";
        };
    }

    private static FalcoEvent event(String rule, String priority, String fields, String... tags) {
        String quoted = tags.length == 0 ? "" : "\"" + String.join("\",\"", tags) + "\"";
        return TestEvents.event("{\"rule\":\"%s\",\"priority\":\"%s\",\"tags\":[%s],\"output_fields\":{%s}}"
                .formatted(rule, priority, quoted, fields));
    }
}
