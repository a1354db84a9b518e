package io.github.falcogateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.Provenance;
import io.github.falcogateway.event.Via;
import io.github.falcogateway.rule.RuleTable;
import io.github.falcogateway.testing.TestEvents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The recipes of docs/routes.md do what they say. */
class RecipesTest {

    private static final Pattern RECIPE = Pattern.compile("### ([^\\n]+)\\n(?:(?!```|###).*\\n)*```yaml\\n([^`]*)```");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Critical only to Discord | web-1 |  | 2026-11-25T12:00:00Z | {\"rule\":\"r\",\"priority\":\"Alert\"} | discord",
                "Critical only to Discord | web-1 |  | 2026-11-25T12:00:00Z | {\"rule\":\"r\",\"priority\":\"Error\"} | none",
                "Priority below 3 | web-1 |  | 2026-11-25T12:00:00Z | {\"rule\":\"r\",\"priority\":\"critical\"} | discord metrics",
                "Priority below 3 | web-1 |  | 2026-11-25T12:00:00Z | {\"rule\":\"r\",\"priority\":\"error\"} | none",
                "Drop the shell-history noise of all but root | web-1 |  | 2026-11-25T12:00:00Z | {\"rule\":\"Delete or rename shell history\",\"priority\":\"Warning\",\"output_fields\":{\"user.name\":\"ann\"}} | dropped",
                "Drop the shell-history noise of all but root | web-1 |  | 2026-11-25T12:00:00Z | {\"rule\":\"Delete or rename shell history\",\"priority\":\"Warning\",\"output_fields\":{\"user.name\":\"root\"}} | none",
                "One team per host label | web-1 | web | 2026-11-25T12:00:00Z | {\"rule\":\"r\",\"priority\":\"Warning\"} | team-web",
                "One team per host label | db-1 | db | 2026-11-25T12:00:00Z | {\"rule\":\"r\",\"priority\":\"Warning\"} | team-db",
                "One team per host label | x | other | 2026-11-25T12:00:00Z | {\"rule\":\"r\",\"priority\":\"Warning\"} | none",
                "Night hours | web-1 |  | 2026-07-14T20:30:00Z | {\"rule\":\"r\",\"priority\":\"Error\"} | discord",
                "Night hours | web-1 |  | 2026-12-15T20:30:00Z | {\"rule\":\"r\",\"priority\":\"Error\"} | none",
                "Night hours | web-1 |  | 2026-11-28T04:59:00Z | {\"rule\":\"r\",\"priority\":\"Error\"} | discord",
                "Night hours | web-1 |  | 2026-11-28T21:30:00Z | {\"rule\":\"r\",\"priority\":\"Error\"} | none",
                "A namespace | web-1 |  | 2026-11-25T12:00:00Z | {\"rule\":\"r\",\"priority\":\"Notice\",\"output_fields\":{\"k8s.ns.name\":\"payments\"}} | team-pay",
                "A namespace | web-1 |  | 2026-11-25T12:00:00Z | {\"rule\":\"r\",\"priority\":\"Notice\",\"output_fields\":{\"k8s.ns.name\":null}} | none",
                "A list of rules | web-1 |  | 2026-11-25T12:00:00Z | {\"rule\":\"Launch Privileged Container\",\"priority\":\"Info\"} | discord",
                "A list of rules | web-1 |  | 2026-11-25T12:00:00Z | {\"rule\":\"Launch\",\"priority\":\"Info\"} | none",
                "Falco's own drop alerts | web-1 |  | 2026-11-25T12:00:00Z | {\"rule\":\"Falco internal: syscall event drop\",\"priority\":\"Debug\",\"source\":\"internal\"} | discord",
                "A canary host | canary-7 |  | 2026-11-25T12:00:00Z | {\"rule\":\"r\",\"priority\":\"Debug\"} | canary",
                "A canary host | canary-x |  | 2026-11-25T12:00:00Z | {\"rule\":\"r\",\"priority\":\"Debug\"} | none",
                "Everything to the archive | web-1 |  | 2026-11-25T12:00:00Z | {\"rule\":\"r\",\"priority\":\"Debug\"} | archive metrics",
            })
    void doesWhatItSays(String recipe, String host, String team, String at, String json, String sinks)
            throws Exception {
        Map<String, String> labels = team == null ? Map.of() : Map.of("team", team);
        FalcoEvent event = TestEvents.decoded(json)
                .event()
                .from(new Provenance(Via.HTTP, host, "hosts", null, "", labels, "gw", Instant.parse(at)));
        var decision = table(recipes().get(recipe)).match(event);
        String went = decision.unrouted()
                ? "none"
                : decision.sinks().isEmpty()
                        ? "dropped"
                        : String.join(" ", decision.sinks().keySet());
        assertThat(went).isEqualTo(sinks);
    }

    @Test
    void thereAreTenAndTheyGoTogether() throws Exception {
        assertThat(recipes()).hasSize(10);
        assertThat(table(String.join("", recipes().values())).routes()).hasSize(11);
    }

    private static Map<String, String> recipes() throws Exception {
        Matcher found = RECIPE.matcher(Files.readString(Path.of("docs/routes.md")));
        Map<String, String> recipes = new LinkedHashMap<>();
        while (found.find()) {
            recipes.put(found.group(1), found.group(2));
        }
        return recipes;
    }

    private RuleTable table(String routes) throws Exception {
        Path file = folder.resolve("routes.yaml");
        Files.writeString(file, routes);
        StringBuilder config = new StringBuilder("routes: [" + file + "]\nsinks:\n  metrics: {type: prometheus}\n");
        for (String sink : List.of("archive", "discord", "team-web", "team-db", "team-pay", "canary")) {
            config.append("  ").append(sink).append(": {type: stdout}\n");
        }
        Path gateway = folder.resolve("gateway.yaml");
        Files.writeString(gateway, config);
        Loaded loaded = ConfigLoader.load(Optional.of(gateway), Map.of());
        assertThat(loaded.problems()).isEmpty();
        return loaded.config().routes();
    }
}
