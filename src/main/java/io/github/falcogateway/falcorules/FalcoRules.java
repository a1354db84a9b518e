package io.github.falcogateway.falcorules;

import io.github.falcogateway.event.Priority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Falco's rules files, later items merged into earlier ones as Falco does. Confined to one reader until
 * the last file is read, then read only.
 *
 * @see <a href="https://falco.org/docs/concepts/rules/overriding/">Falco: overriding rules</a>
 */
public final class FalcoRules {

    private final Map<String, Map<String, Object>> rules = new LinkedHashMap<>();
    private final Set<String> macros = new LinkedHashSet<>();
    private final Set<String> lists = new LinkedHashSet<>();
    private final List<String> problems = new ArrayList<>();

    /** Reads one file after those before. */
    public void read(String file) throws IOException {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setAllowDuplicateKeys(true)
                .build();
        try {
            for (Object document : new Load(settings).loadAllFromString(Files.readString(Path.of(file)))) {
                if (document instanceof List<?> items) {
                    items.forEach(item -> item(file, item));
                } else if (document != null) {
                    problems.add(file + ": a rules file is a list of - rule:, - macro: and - list: items");
                }
            }
        } catch (YamlEngineException bad) {
            problems.add(file + ": no YAML: " + String.valueOf(bad.getMessage()).replace('\n', ' '));
        }
    }

    /** The merged items, as the files have them. */
    public List<Map<String, Object>> rules() {
        return List.copyOf(rules.values());
    }

    /** The merged rules, in the order of their first definition. */
    public List<FalcoRule> all() {
        return rules.values().stream().map(FalcoRule::of).toList();
    }

    public int macros() {
        return macros.size();
    }

    public int lists() {
        return lists.size();
    }

    /** What was wrong, a line each. */
    public List<String> problems() {
        return problems;
    }

    private void item(String file, Object item) {
        if (!(item instanceof Map<?, ?> map)) {
            problems.add(file + ": an item is no mapping");
            return;
        }
        if (map.get("macro") != null) {
            named(file, "macro", map, macros);
        } else if (map.get("list") != null) {
            named(file, "list", map, lists);
        } else if (map.get("rule") != null) {
            rule(file, map);
        }
    }

    private void named(String file, String kind, Map<?, ?> item, Set<String> known) {
        String name = String.valueOf(item.get(kind));
        boolean changes = Merging.isTrue(item.get("append")) || item.get("override") instanceof Map<?, ?>;
        if (known.add(name) && changes) {
            known.remove(name);
            problems.add(file + ": " + kind + " " + name + " is changed before it is defined");
        }
        Merging.faults(item).forEach(fault -> problems.add(file + ": " + kind + " " + name + ": " + fault));
    }

    private static List<String> faults(Map<?, ?> item) {
        List<String> faults = new ArrayList<>(Merging.faults(item));
        Object priority = item.get("priority");
        if (priority != null && Priority.parse(String.valueOf(priority)).isEmpty()) {
            faults.add(priority + " is no priority");
        }
        return faults;
    }

    private void rule(String file, Map<?, ?> item) {
        String name = String.valueOf(item.get("rule"));
        Map<String, Object> before = rules.get(name);
        boolean whole = Merging.isWhole(item);
        List<String> faults = faults(item);
        faults.forEach(fault -> problems.add(file + ": rule " + name + ": " + fault));
        if (before == null && !whole) {
            problems.add(file + ": rule " + name + " is changed before it is defined");
        } else if (before == null || whole) {
            Merging.missing(item).forEach(key -> problems.add(file + ": rule " + name + " has no " + key));
            Map<String, Object> rule = new LinkedHashMap<>();
            item.forEach((key, value) -> rule.put(String.valueOf(key), value == null ? "" : value));
            rules.put(name, rule);
        } else if (faults.isEmpty()) {
            Merging.change(before, item)
                    .forEach(key -> problems.add(
                            file + ": rule " + name + ": " + key + " stands beside override, which does not name it"));
        }
    }
}
