package io.github.falcogateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.rule.Route;
import io.github.falcogateway.rule.RuleTable;
import io.github.falcogateway.testing.TestEvents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteFilesTest {

    @TempDir
    Path folder;

    @Test
    void tellsEveryMistakeAtItsPlaceWithWhatWasMeant() throws Exception {
        assertThat(problems("""
                        - list: noisy_rules
                          items: [a]
                        - macro: production
                          condition: host startswith prod-
                        - macro: broken
                          condition: >
                            proc.nmae = x
                            and proc.pid = abc
                        - route: page
                          condition: priority >= Error and prodution
                          to: [archve]
                        - route: two
                          condition: |
                            priority >= Error
                              and rule in (noisy_rule)
                              and x
                          to: [archive]
                          stopp: true
                        - route: uses what is broken
                          condition: broken
                          to: [archive]
                        - route: page
                          condition: "proc.name = 'x"
                          to: [archive]
                        - rout: r
                        """))
                .containsExactly(
                        "7:5: in macro broken: unknown field proc.nmae (did you mean \"proc.name\"?)",
                        "8:20: in macro broken: proc.pid is a number, not \"abc\"",
                        "10:36: in route page: macro prodution is not defined (did you mean \"production\"?)",
                        "11:8: sink archve does not exist (did you mean \"archive\"?)",
                        "15:20: in route two: list noisy_rule is not defined; quotes make it a text (did you mean"
                                + " \"noisy_rules\"?)",
                        "16:11: in route two: macro x is not defined",
                        "18:3: unknown key stopp (did you mean \"stop\"?)",
                        "22:10: route page is defined twice: append or override says how to join them",
                        "23:27: in route page: the quoted text is not closed",
                        "25:3: an item begins with - route:, - macro: or - list: and a name (did you mean"
                                + " \"route\"?)");
    }

    @Test
    void refusesWhatIsNeverTrueOrNeverReachedAndWarnsOfWhatIsUnused() throws Exception {
        assertThat(problems("""
                        - list: spare
                          items: [a]
                        - route: stopper
                          condition: priority >= Warning
                          to: [archive]
                          stop: true
                        - route: late
                          condition: priority >= Error and proc.name = bash
                          to: [archive]
                        - route: never
                          condition: priority < Notice and severity < 3
                          to: [archive]
                        """))
                .containsExactly(
                        "1:9: warning: list spare is never used",
                        "7:10: never reached: route stopper takes all of it and stops",
                        "11:14: in route never: the condition is never true: no priority fits all of its bounds");
        assertThat(load("- list: spare\n  items: [a]\n").config()).isNotNull();
    }

    @Test
    void joinsLaterItemsToEarlierOnesAsFalcoDoes() throws Exception {
        RuleTable table = table("""
                - list: users
                  items: [root]
                - macro: calm
                  condition: priority < Error
                - route: a
                  condition: user.name in (users)
                  to: [archive]
                - route: b
                  condition: proc.name = b
                  to: [archive]
                - route: c
                  condition: proc.name = c
                  to: [archive]
                """, """
                - list: users
                  items: [admin]
                  override: {items: append}
                - macro: calm
                  condition: or user.name = nobody
                  append: true
                - route: a
                  condition: and calm
                  to: [metrics]
                  override: {condition: append, to: append}
                - route: b
                  condition: proc.name = bb
                  stop: true
                  override: {condition: replace, stop: replace}
                - route: c
                  enabled: false
                """);
        assertThat(table.routes())
                .extracting(Route::condition)
                .containsExactly("user.name in (users) and calm", "proc.name = bb", "proc.name = c");
        assertThat(table.routes())
                .extracting(Route::to)
                .containsExactly(List.of("archive", "metrics"), List.of("archive"), List.of("archive"));
        assertThat(table.routes()).extracting(Route::stop).containsExactly(false, true, false);
        assertThat(table.routes()).extracting(Route::enabled).containsExactly(true, true, false);
    }

    @Test
    void takesEveryEventWhereARouteHasNoCondition() throws Exception {
        RuleTable table = table("""
                - route: everything
                  to: [archive, metrics]
                - route: most
                  to: [archive]
                - route: most
                  condition: and proc.name != bash
                  override: {condition: append}
                """);
        assertThat(table.match(TestEvents.event("{\"rule\":\"r\",\"priority\":\"Debug\"}"))
                        .sinks())
                .containsOnlyKeys("archive", "metrics");
        assertThat(table.routes().get(1).condition()).isEqualTo("priority >= Debug and proc.name != bash");
        assertThat(problems("""
                        - route: stopper
                          to: [archive]
                          stop: true
                        - route: late
                          condition: proc.name = bash
                          to: [archive]
                        - route: forgotten
                          condition:
                          to: [archive]
                        - macro: m
                        """))
                .contains("4:10: never reached: route stopper takes all of it and stops")
                .anyMatch(problem -> problem.contains("route forgotten needs a condition"))
                .anyMatch(problem -> problem.contains("macro m needs a condition"));
    }

    @Test
    void refusesJoinsThatFalcoRefuses() throws Exception {
        assertThat(problems("""
                        - route: a
                          condition: proc.name = a
                          to: [archive]
                        - route: a
                          condition: and proc.pid = 1
                          stop: true
                          override: {condition: append}
                        - route: a
                          stop: true
                          override: {stop: append, to: replace, condition: add}
                        - route: a
                          condition: and proc.pid = 1
                          append: true
                          override: {condition: append}
                        - route: aa
                          condition: x
                          append: true
                          to: []
                        """))
                .contains(
                        "6:9: override does not say how stop joins the earlier one",
                        "10:20: stop can be replaced, not appended",
                        "10:32: override names to, which is not there",
                        "10:52: override of condition must be append or replace",
                        "13:11: append and override exclude each other",
                        "15:10: route aa is changed before it is defined (did you mean \"a\"?)");
    }

    @Test
    void survivesHostileFiles() throws Exception {
        assertThat(problems("- route: a\n\tcondition: x\n"))
                .singleElement()
                .asString()
                .contains("2:1: no YAML");
        assertThat(problems("- route: a\n  condition: proc.name = a\n  condition: proc.name = b\n  to: []\n"))
                .containsExactly("3:3: condition is set twice");
        assertThat(problems("[".repeat(20_000))).containsExactly("1:51: lists and mappings nest deeper than 50 levels");
        assertThat(problems(route("(".repeat(10_000) + "proc.name = a" + ")".repeat(10_000))))
                .containsExactly("2:114: in route a: nested deeper than 100 levels");
        assertThat(problems(route("\"proc.name regex '((((a{0,99}){0,99}){0,99}){0,99})'\"")))
                .singleElement()
                .asString()
                .startsWith("2:31: in route a: the repeats");
        assertThat(problems("- list: a\n  items: &a [x, x]\n- list: b\n  items: &b [*a, *a, *a]\n"
                        + "- &r\n  route: *r\n  condition: &c [*c]\n  to: *b\n"))
                .contains("4:14: items must hold texts".replace("4:14", "2:10"));
        String names =
                IntStream.range(0, 60_000).mapToObj(i -> "proc.name = a" + i).collect(Collectors.joining(" or "));
        assertThat(names.length()).isGreaterThan(1 << 20);
        assertThat(problems(route(names + " or x"))).singleElement().asString().endsWith("macro x is not defined");
    }

    @Test
    void boundsWhatMacrosAndListsOfEachOtherComeTo() throws Exception {
        StringBuilder file = new StringBuilder("- list: l0\n  items: [x]\n- macro: m0\n  condition: proc.name = x\n");
        for (int i = 1; i < 40; i++) {
            file.append("- list: l%d\n  items: [l%d, l%d]\n".formatted(i, i - 1, i - 1));
            file.append("- macro: m%d\n  condition: m%d and m%d\n".formatted(i, i - 1, i - 1));
        }
        assertThat(problems(file + route("m39 and proc.name in (l39)")))
                .satisfiesExactly(
                        macro -> assertThat(macro).contains("comes to more than 200000 checks"),
                        list -> assertThat(list).contains("comes to more than 16 MiB"));
    }

    @Test
    void readsYesAndNoAsFalcoDoesAndAsksForTheItemsOfAList() throws Exception {
        Route off = table("- route: a\n  enabled: no\n  stop: On\n  to: [archive]\n")
                .routes()
                .get(0);
        assertThat(off.enabled()).isFalse();
        assertThat(off.stop()).isTrue();
        assertThat(problems("- list: l\n" + route("rule in (l)") + "  enabled: yEs\n"))
                .containsExactly("1:3: list l needs items: a list, [] for none", "5:12: enabled must be true or false");
    }

    @Test
    void tellsMacrosThatHoldEachOtherAndChainsOfThem() throws Exception {
        assertThat(problems("- macro: a\n  condition: proc.name = x and b\n- macro: b\n  condition: a\n" + route("b")))
                .containsExactly(
                        "2:32: in macro a: macro b holds itself",
                        "4:14: in macro b: macro b holds itself",
                        "6:14: in route a: macro b holds itself");
        String down = IntStream.range(0, 3_000)
                .mapToObj(i -> "- macro: m%d\n  condition: m%d and proc.pid = 1\n".formatted(i, i + 1))
                .collect(Collectors.joining());
        assertThat(problems(down + "- macro: m3000\n  condition: rule = x\n" + route("m0")))
                .contains("6004:14: in route a: macro m251 nests deeper than 500 levels with its macros");
        String up = IntStream.range(1, 3_000)
                .mapToObj(i -> "- macro: m%d\n  condition: m%d and proc.pid = 1\n".formatted(i, i - 1))
                .collect(Collectors.joining());
        assertThat(problems("- macro: m0\n  condition: rule = x\n" + up + route("m2999")))
                .contains("6002:14: in route a: the condition nests deeper than 500 levels with its macros");
    }

    @Test
    void readsTenThousandRoutes() throws Exception {
        String file = IntStream.range(0, 10_000)
                .mapToObj(i ->
                        "- route: r%d\n  condition: proc.name = a%d\n  to: [archive]\n  stop: true\n".formatted(i, i))
                .collect(Collectors.joining());
        assertThat(table(file).routes()).hasSize(10_000);
    }

    private static String route(String condition) {
        return "- route: a\n  condition: " + condition + "\n  to: [archive]\n";
    }

    private RuleTable table(String... files) throws Exception {
        GatewayConfig config = load(files).config();
        assertThat(config).isNotNull();
        return config.routes();
    }

    private List<String> problems(String... files) throws Exception {
        return load(files).problems().stream()
                .map(problem -> problem.toString().replaceFirst("^[^:]*:", ""))
                .toList();
    }

    private Loaded load(String... files) throws Exception {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < files.length; i++) {
            Path file = folder.resolve("routes" + i + ".yaml");
            Files.writeString(file, files[i]);
            names.append(i == 0 ? "" : ", ").append(file);
        }
        Path gateway = folder.resolve("gateway.yaml");
        Files.writeString(gateway, "routes: [" + names + "]\n");
        return ConfigLoader.load(Optional.of(gateway), Map.of());
    }
}
