package io.github.falcogateway.falcorules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules files as Falco merges them. */
class FalcoRulesTest {

    private static final String BASE = """
            - required_engine_version: 0.31.0
            - macro: m
              condition: evt.type = open
            - list: l
              items: [a]
            - rule: Shell
              desc: A shell
              condition: m and proc.name = sh
              output: x
              priority: NOTICE
              tags: [b, a]
              exceptions:
                - {name: proc, fields: [proc.name], comps: [in], values: [[a]]}
            """;

    @TempDir
    Path folder;

    private FalcoRules read(String... files) throws Exception {
        FalcoRules rules = new FalcoRules();
        int n = 0;
        for (String text : files) {
            rules.read(Files.writeString(folder.resolve("rules-" + n++ + ".yaml"), text)
                    .toString());
        }
        return rules;
    }

    @Test
    void refusesAnOverrideAndAPriorityThatFalcoRefuses() throws Exception {
        FalcoRules rules = read(BASE, """
                - rule: Shell
                  override: {condition: prepend}
                  condition: evt.type = open
                - rule: Shell
                  override: {priority: append, output: replace}
                  priority: ERROR
                - rule: Other
                  desc: d
                  condition: c
                  output: o
                  priority: bad
                - list: l
                  override: {items: add}
                  items: [b]
                """);
        String file = folder.resolve("rules-1.yaml").toString();
        assertThat(rules.problems())
                .containsExactly(
                        file + ": rule Shell: override of condition is append or replace, not prepend",
                        file + ": rule Shell: priority can be replaced, not appended",
                        file + ": rule Shell: override names output, which is not there",
                        file + ": rule Other: bad is no priority",
                        file + ": list l: override of items is append or replace, not add");
        assertThat(rules.rules().get(0)).containsEntry("condition", "m and proc.name = sh");
    }

    @Test
    void appendsTheOldWayAndSharesTheValuesOfAnException() throws Exception {
        FalcoRules rules = read(BASE, """
                - rule: Shell
                  append: true
                  condition: and not user.name = root
                  exceptions:
                    - {name: proc, values: [[b], [c]]}
                    - {name: user, fields: user.name, values: [ann]}
                - macro: m
                  append: true
                  condition: or evt.type = openat
                """);
        assertThat(rules.problems()).isEmpty();
        Map<String, Object> shell = rules.rules().get(0);
        assertThat(shell).containsEntry("condition", "m and proc.name = sh and not user.name = root");
        List<?> exceptions = (List<?>) shell.get("exceptions");
        assertThat(exceptions).hasSize(2);
        assertThat(((Map<?, ?>) exceptions.get(0)).get("values"))
                .isEqualTo(List.of(List.of("a"), List.of("b"), List.of("c")));
        assertThat(rules.macros()).isEqualTo(1);
        assertThat(rules.lists()).isEqualTo(1);
    }

    @Test
    void appendsTheOldWayConditionAndExceptionsAlone() throws Exception {
        FalcoRules rules = read(BASE, """
                - rule: Shell
                  append: true
                  condition: and fd.num = 0
                  desc: more
                  output: more
                  priority: WARNING
                  tags: [z]
                  enabled: false
                """);
        assertThat(rules.all()).isEqualTo(read(BASE).all());
        assertThat(rules.rules().get(0)).containsEntry("condition", "m and proc.name = sh and fd.num = 0");
    }

    @Test
    void overridesWhatIsNamedAndSwitchesOff() throws Exception {
        FalcoRules rules = read(BASE, """
                - rule: Shell
                  condition: and fd.num = 0
                  priority: WARNING
                  tags: [c]
                  override: {condition: append, priority: replace, tags: append}
                ---
                - rule: Shell
                  enabled: no
                """);
        assertThat(rules.problems()).isEmpty();
        FalcoRule shell = rules.all().get(0);
        assertThat(shell.priority()).isEqualTo("WARNING");
        assertThat(shell.tags()).containsExactly("a", "b", "c");
        assertThat(shell.enabled()).isFalse();
        assertThat(rules.rules().get(0)).containsEntry("condition", "m and proc.name = sh and fd.num = 0");
    }

    @Test
    void redefinesAndTellsWhatFalcoWouldRefuse() throws Exception {
        FalcoRules rules = read(BASE, """
                - rule: Shell
                  desc: Another
                  condition: c
                  output: y
                  priority: ERROR
                - rule: None
                  append: true
                  condition: and x
                - rule: Half
                  condition: c
                - list: other
                  append: true
                  items: [b]
                - rule: Shell
                  priority: DEBUG
                  output: z
                  override: {priority: replace}
                """);
        assertThat(rules.all().get(0).priority()).isEqualTo("DEBUG");
        assertThat(rules.rules().get(0)).containsEntry("output", "y").doesNotContainKey("exceptions");
        assertThat(rules.lists()).isEqualTo(1);
        assertThat(String.join("\n", rules.problems()))
                .contains("rule None is changed before it is defined")
                .contains("rule Half has no output")
                .contains("list other is changed before it is defined")
                .contains("output stands beside override");
    }
}
