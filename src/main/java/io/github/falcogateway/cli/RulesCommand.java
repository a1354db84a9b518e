package io.github.falcogateway.cli;

import io.github.falcogateway.falcorules.FalcoRules;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** A brief view of Falco's rules files. Confined to the main thread. */
@CommandLine.Command(
        name = "rules",
        mixinStandardHelpOptions = true,
        description = "A brief view of Falco rules files, append and override merged as Falco does.")
final class RulesCommand implements Callable<Integer> {

    private static final List<String> FILTERS = List.of("name", "priority", "tag", "enabled", "source");

    @CommandLine.Mixin
    private final GatewayOption gateway = new GatewayOption();

    @CommandLine.Parameters(paramLabel = "FILE", arity = "1..*", description = "Rules files, in Falco's order.")
    private List<String> files = List.of();

    @CommandLine.Option(
            names = "--filter",
            paramLabel = "KEY=VALUE",
            description = "name (a part of it), priority, tag, enabled, source; all that are given must hold.")
    private Map<String, String> filters = Map.of();

    @CommandLine.Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @CommandLine.Option(
            names = "--noise",
            description = "How often each rule fired on each host in the running gateway.")
    private boolean noise;

    @Override
    public Integer call() throws InterruptedException {
        for (String key : filters.keySet()) {
            if (!FILTERS.contains(key)) {
                System.err.println("--filter knows " + String.join(", ", FILTERS) + ", not " + key);
                return 2;
            }
        }
        FalcoRules rules = new FalcoRules();
        for (String file : files) {
            try {
                rules.read(file);
            } catch (IOException unreadable) {
                System.err.println(file + (Files.exists(Path.of(file)) ? " cannot be read" : " does not exist"));
                return 2;
            }
        }
        rules.problems().forEach(System.err::println);
        try {
            JsonArray shown = new JsonArray();
            for (Map<String, Object> rule : rules.rules()) {
                if (matches(rule)) {
                    shown.add(noise ? row(rule).put("fired", fired(text(rule, "rule"))) : row(rule));
                }
            }
            print(shown, rules);
        } catch (IOException gone) {
            System.err.println(gateway.unreachable(gone));
            return 1;
        }
        return rules.problems().isEmpty() ? 0 : 2;
    }

    private boolean matches(Map<String, Object> rule) {
        return filters.entrySet().stream().allMatch(filter -> switch (filter.getKey()) {
            case "name" ->
                text(rule, "rule")
                        .toLowerCase(Locale.ROOT)
                        .contains(filter.getValue().toLowerCase(Locale.ROOT));
            case "priority" -> text(rule, "priority").equalsIgnoreCase(filter.getValue());
            case "tag" -> tags(rule).contains(filter.getValue());
            case "enabled" -> String.valueOf(enabled(rule)).equalsIgnoreCase(filter.getValue());
            default -> source(rule).equals(filter.getValue());
        });
    }

    private static JsonObject row(Map<String, Object> rule) {
        return new JsonObject()
                .put("rule", text(rule, "rule"))
                .put("priority", text(rule, "priority"))
                .put("enabled", enabled(rule))
                .put("source", source(rule))
                .put("tags", new JsonArray(tags(rule)))
                .put("desc", text(rule, "desc").replaceAll("\\s+", " ").strip());
    }

    /** Hosts and counts of one rule, of the running gateway. */
    private JsonObject fired(String rule) throws IOException, InterruptedException {
        String condition = "rule = \"" + rule.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        HttpResponse<String> answer = gateway.send(
                gateway.request("/api/summary?by=host&filter=" + URLEncoder.encode(condition, StandardCharsets.UTF_8))
                        .GET()
                        .build());
        if (answer.statusCode() != 200) {
            throw new IOException("it answered " + answer.statusCode());
        }
        try {
            JsonObject hosts = new JsonObject();
            JsonArray groups = new JsonObject(answer.body()).getJsonArray("groups");
            for (int i = 0; i < groups.size(); i++) {
                hosts.put(
                        groups.getJsonObject(i).getString("key"),
                        groups.getJsonObject(i).getLong("count"));
            }
            return hosts;
        } catch (DecodeException noGateway) {
            throw new IOException("it is no gateway", noGateway);
        }
    }

    private void print(JsonArray shown, FalcoRules rules) {
        if (json) {
            System.out.println(new JsonObject()
                    .put("rules", shown)
                    .put("macros", rules.macros())
                    .put("lists", rules.lists())
                    .encodePrettily());
            return;
        }
        Table table = noise
                ? new Table("RULE", "PRIORITY", "ENABLED", "FIRED", "HOSTS", "DESCRIPTION")
                : new Table("RULE", "PRIORITY", "ENABLED", "SOURCE", "TAGS", "DESCRIPTION");
        for (int i = 0; i < shown.size(); i++) {
            table.add(cells(shown.getJsonObject(i)));
        }
        table.print();
        System.out.println(shown.size() + " of " + rules.rules().size() + " rules, " + rules.macros() + " macros, "
                + rules.lists() + " lists");
    }

    private String[] cells(JsonObject row) {
        JsonObject fired = row.getJsonObject("fired", new JsonObject());
        long total = fired.stream().mapToLong(host -> (Long) host.getValue()).sum();
        String hosts = fired.stream()
                .map(host -> host.getKey() + " " + host.getValue())
                .collect(Collectors.joining(", "));
        return new String[] {
            row.getString("rule"),
            row.getString("priority"),
            row.getBoolean("enabled") ? "yes" : "no",
            noise ? Long.toString(total) : row.getString("source"),
            noise
                    ? hosts
                    : row.getJsonArray("tags").stream().map(String::valueOf).collect(Collectors.joining(",")),
            row.getString("desc")
        };
    }

    private static boolean enabled(Map<String, Object> rule) {
        return !Boolean.FALSE.equals(rule.get("enabled"));
    }

    private static String source(Map<String, Object> rule) {
        String source = text(rule, "source");
        return source.isEmpty() ? "syscall" : source;
    }

    private static List<String> tags(Map<String, Object> rule) {
        return rule.get("tags") instanceof List<?> tags
                ? tags.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static String text(Map<String, Object> rule, String key) {
        Object value = rule.get(key);
        return value == null ? "" : String.valueOf(value);
    }
}
