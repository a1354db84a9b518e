package io.github.falcogateway.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.testing.TestEvents;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RuleTableTest {

    private static final FalcoEvent EVENT = TestEvents.event(
            "{\"rule\":\"Delete or rename shell history\",\"priority\":\"Warning\",\"output_fields\":{\"user.name\":\"root\"}}");

    @Test
    void triesRoutesInOrderUntilOneStops() throws Exception {
        RuleTable table = RuleTable.compile(set(
                route("a", "priority >= Warning", List.of("chat"), false),
                route("b", "user.name = root", List.of("chat", "archive"), true),
                route("c", "rule contains history", List.of("metrics"), false)));
        assertThat(table.match(EVENT))
                .isEqualTo(new Decision(List.of("a", "b"), Map.of("chat", "a", "archive", "b"), false));
        assertThat(table.explain(EVENT)).extracting(Explanation::tried).containsExactly(true, true, false);
        assertThat(table.explain(EVENT)).extracting(Explanation::why).containsExactly("", "", "route b stops");
    }

    @Test
    void sendsWhatNoRouteTakesToTheDefaultSinks() throws Exception {
        RuleTable table = RuleTable.compile(set(route("a", "priority >= Error", List.of("chat"), false)));
        Decision decision = table.match(EVENT);
        assertThat(decision.unrouted()).isTrue();
        assertThat(decision.sinks()).isEqualTo(Map.of("archive", "", "metrics", ""));
    }

    @Test
    void dropsWhereARouteNamesNoSink() throws Exception {
        Decision decision = RuleTable.compile(set(route("drop", "user.name = root", List.of(), true)))
                .match(EVENT);
        assertThat(decision).isEqualTo(new Decision(List.of("drop"), Map.of(), false));
    }

    @Test
    void decidesRightlyInMoreWaysThanItRemembers() throws Exception {
        int routes = 11;
        RuleTable table = RuleTable.compile(set(IntStream.range(0, routes)
                .mapToObj(
                        i -> route("r" + i, "evt.arg.a" + i + " = x", List.of(i % 2 == 0 ? "chat" : "archive"), false))
                .toArray(Route[]::new)));
        for (int round = 0; round < 2; round++) {
            for (int ways = 1; ways < 1 << routes; ways++) {
                BitSet taken = BitSet.valueOf(new long[] {ways});
                String fields = taken.stream()
                        .mapToObj(i -> "\"evt.arg.a" + i + "\":\"x\"")
                        .collect(Collectors.joining(","));
                Decision decision = table.match(
                        TestEvents.event("{\"rule\":\"r\",\"priority\":\"Error\",\"output_fields\":{" + fields + "}}"));
                Map<String, String> sinks = new HashMap<>();
                taken.stream().forEach(i -> sinks.putIfAbsent(i % 2 == 0 ? "chat" : "archive", "r" + i));
                assertThat(decision)
                        .isEqualTo(new Decision(
                                taken.stream().mapToObj(i -> "r" + i).toList(), sinks, false));
            }
        }
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() {
        RuleSet set = new RuleSet(
                Map.of("unused", "proc.name = x"),
                Map.of(),
                List.of(
                        route("a", "priority >= Warning", List.of("chatt"), true),
                        route("a", "proc.name =", List.of("chat"), false),
                        route("late", "priority >= Error and host = x", List.of("chat"), false)),
                List.of("archive"),
                Set.of("chat", "archive"));
        RuleProblems bad = catchThrowableOfType(RuleProblems.class, () -> RuleTable.compile(set));
        assertThat(bad.problems())
                .extracting(RuleProblem::message)
                .satisfiesExactly(
                        message -> assertThat(message).contains("sink chatt does not exist"),
                        message -> assertThat(message).contains("defined twice"),
                        message -> assertThat(message).contains("expected a value"),
                        message -> assertThat(message).contains("never reached"),
                        message -> assertThat(message).contains("never used"));
        assertThat(bad.problems().get(0).suggestion()).isEqualTo("chat");
    }

    private static RuleSet set(Route... routes) {
        return new RuleSet(
                Map.of(),
                Map.of(),
                List.of(routes),
                List.of("archive", "metrics"),
                Set.of("chat", "archive", "metrics"));
    }

    private static Route route(String name, String condition, List<String> to, boolean stop) {
        return Route.of(name, condition, to, stop);
    }
}
