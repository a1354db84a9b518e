package io.github.falcogateway.cli;

import io.github.falcogateway.event.Priority;
import io.github.falcogateway.falcorules.FalcoRule;
import io.github.falcogateway.falcorules.FalcoRules;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** A brief view of Falco's rules files. Confined to the main thread. */
@CommandLine.Command(
        name = "rules",
        mixinStandardHelpOptions = true,
        description = "A brief view of Falco rules files, append and override merged as Falco does.")
final class RulesCommand implements Callable<Integer> {

    private static final List<String> MERGED = List.of("condition", "output", "exceptions");

    @CommandLine.Mixin
    private final GatewayOption gateway = new GatewayOption();

    @CommandLine.Parameters(paramLabel = "FILE", arity = "1..*", description = "Rules files, in Falco's order.")
    private List<String> files = List.of();

    @CommandLine.Option(
            names = "--filter",
            paramLabel = "KEY=VALUE",
            description = {
                "name=PART, priority=Warning, priority>=Warning, tag=TAG, enabled=false, source=SOURCE, or a part of the"
                        + " name alone; all that are given must hold."
            })
    private List<String> filters = List.of();

    @CommandLine.Option(names = "--json", description = "One JSON object, with what is merged.")
    private boolean json;

    @CommandLine.Option(
            names = "--noise",
            description = "How often each rule fired on each host in the running gateway.")
    private boolean noise;

    @Override
    public Integer call() {
        FalcoRules rules = new FalcoRules();
        try {
            Predicate<FalcoRule> wanted = RuleFilter.all(filters);
            read(rules);
            rules.problems().forEach(System.err::println);
            List<FalcoRule> shown = rules.all().stream().filter(wanted).toList();
            Map<String, JsonObject> fired = noise ? fired(shown) : Map.of();
            if (json) {
                System.out.println(json(rules, shown, fired).encodePrettily());
            } else {
                print(rules, shown, fired);
            }
        } catch (IllegalArgumentException bad) {
            System.err.println(bad.getMessage());
            return 2;
        } catch (IOException gone) {
            System.err.println(gateway.unreachable(gone));
            return 1;
        }
        return rules.problems().isEmpty() ? 0 : 2;
    }

    private void read(FalcoRules rules) {
        for (String file : files) {
            try {
                rules.read(file);
            } catch (IOException unreadable) {
                throw new IllegalArgumentException(
                        file + (Files.exists(Path.of(file)) ? " cannot be read" : " does not exist"), unreadable);
            }
        }
    }

    /** Hosts and counts of the rules that fired, of the running gateway. */
    private Map<String, JsonObject> fired(List<FalcoRule> rules) throws IOException {
        GatewayAnswers answers = new GatewayAnswers(gateway);
        Set<String> known = new HashSet<>();
        for (Object group : answers.ask("/api/summary", Map.of("by", "rule")).getJsonArray("groups")) {
            known.add(((JsonObject) group).getString("key"));
        }
        Map<String, JsonObject> fired = new HashMap<>();
        for (FalcoRule rule : rules) {
            JsonObject hosts = new JsonObject();
            if (known.contains(rule.name())) {
                String condition =
                        "rule = \"" + rule.name().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
                answers.ask("/api/summary", Map.of("by", "host", "filter", condition))
                        .getJsonArray("groups")
                        .forEach(group -> hosts.put(
                                ((JsonObject) group).getString("key"), ((JsonObject) group).getLong("count")));
            }
            fired.put(rule.name(), hosts);
        }
        return fired;
    }

    private static JsonObject json(FalcoRules rules, List<FalcoRule> shown, Map<String, JsonObject> fired) {
        Map<String, Map<String, Object>> merged = new HashMap<>();
        rules.rules().forEach(rule -> merged.put(String.valueOf(rule.get("rule")), rule));
        JsonArray all = new JsonArray();
        for (FalcoRule rule : shown) {
            JsonObject row = new JsonObject()
                    .put("rule", rule.name())
                    .put("priority", rule.priority())
                    .put("enabled", rule.enabled())
                    .put("source", rule.source())
                    .put("tags", new JsonArray(rule.tags()))
                    .put("desc", rule.description());
            Map<String, Object> whole = merged.getOrDefault(rule.name(), Map.of());
            MERGED.stream().filter(whole::containsKey).forEach(key -> row.put(key, whole.get(key)));
            if (fired.containsKey(rule.name())) {
                row.put("fired", fired.get(rule.name()));
            }
            all.add(row);
        }
        return new JsonObject().put("rules", all).put("macros", rules.macros()).put("lists", rules.lists());
    }

    private void print(FalcoRules rules, List<FalcoRule> shown, Map<String, JsonObject> fired) {
        Table table = noise
                ? new Table("RULE", "PRIORITY", "ENABLED", "FIRED", "HOSTS", "DESCRIPTION")
                : new Table("RULE", "PRIORITY", "ENABLED", "SOURCE", "TAGS", "DESCRIPTION");
        table.rigid(1, 2, 3).optional(noise ? 5 : 4, 3);
        for (FalcoRule rule : shown) {
            table.add(rule.severity(), cells(rule, fired.getOrDefault(rule.name(), new JsonObject())));
        }
        table.print();
        System.out.println(shown.size() + " of " + rules.all().size() + " rules, " + rules.macros() + " macros, "
                + rules.lists() + " lists");
    }

    private String[] cells(FalcoRule rule, JsonObject fired) {
        long total = fired.stream().mapToLong(host -> (Long) host.getValue()).sum();
        String hosts = fired.stream()
                .map(host -> host.getKey() + " " + host.getValue())
                .collect(Collectors.joining(", "));
        List<String> cells = new ArrayList<>(List.of(
                rule.name(),
                Priority.parse(rule.priority()).map(Priority::label).orElse(rule.priority()),
                rule.enabled() ? "yes" : "no",
                noise ? Long.toString(total) : rule.source(),
                noise ? hosts : String.join(",", rule.tags()),
                rule.description()));
        return cells.toArray(String[]::new);
    }
}
