package io.github.falcogateway.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.testing.Corpus;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Whoever writes Falco rules can write routes: Falco's own conditions, lists and macros make a table. */
class FalcosOwnRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {"falco_rules.yaml", "falco-incubating_rules.yaml", "falco-sandbox_rules.yaml"})
    void makeATable(String file) throws Exception {
        Map<String, String> macros = new HashMap<>();
        Map<String, List<String>> lists = new HashMap<>();
        List<Route> routes = new ArrayList<>();
        String text = Files.readString(Corpus.file("rules/" + file));
        for (Object item : (Iterable<?>) new Load(LoadSettings.builder().build()).loadFromString(text)) {
            Map<?, ?> part = (Map<?, ?>) item;
            String condition = String.valueOf(part.get("condition"));
            if (part.get("list") instanceof String name) {
                lists.put(
                        name,
                        ((List<?>) part.get("items"))
                                .stream().map(String::valueOf).toList());
            } else if (part.get("macro") instanceof String name) {
                macros.put(name, condition);
            } else if (part.get("rule") instanceof String name) {
                routes.add(Route.of(name, condition, List.of(), false));
            }
        }
        RuleTable table = RuleTable.compile(new RuleSet(macros, lists, routes, List.of(), Set.of()));
        assertThat(table.routes()).hasSize(routes.size()).hasSizeGreaterThan(20);
    }
}
