package io.github.falcogateway.falcorules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How Falco changes a rule that is there by a later item of the same name.
 *
 * @see <a href="https://falco.org/docs/concepts/rules/overriding/">Falco: overriding rules</a>
 */
final class Merging {

    private static final List<String> NEEDED = List.of("condition", "output", "desc", "priority");
    /** What {@code append: true} adds to; of anything else beside it Falco takes no notice. */
    private static final Set<String> APPENDED = Set.of("condition", "exceptions");

    private static final Set<String> OWN = Set.of("rule", "append", "override");
    private static final Set<String> JOINABLE = Set.of("condition", "output", "desc", "tags", "exceptions", "items");
    private static final Set<String> TRUE = Set.of("true", "yes", "on", "y");

    private Merging() {}

    /** As YAML 1.1 has it: Falco's reader takes yes and on as well. */
    static boolean isTrue(@Nullable Object value) {
        return value != null && TRUE.contains(String.valueOf(value).toLowerCase(Locale.ROOT));
    }

    /** Whether the item is a rule of its own: one that only switches a rule on or off is not. */
    static boolean isWhole(Map<?, ?> item) {
        boolean changes = isTrue(item.get("append")) || item.get("override") instanceof Map<?, ?>;
        return !changes && NEEDED.stream().anyMatch(item::containsKey);
    }

    /** What a whole rule lacks. */
    static List<String> missing(Map<?, ?> item) {
        return NEEDED.stream().filter(key -> item.get(key) == null).toList();
    }

    /** What Falco refuses in an item's {@code override}. */
    static List<String> faults(Map<?, ?> item) {
        List<String> faults = new ArrayList<>();
        if (item.get("override") instanceof Map<?, ?> override) {
            override.forEach((key, how) -> {
                if (!"append".equals(how) && !"replace".equals(how)) {
                    faults.add("override of " + key + " is append or replace, not " + how);
                } else if (!item.containsKey(key)) {
                    faults.add("override names " + key + ", which is not there");
                } else if ("append".equals(how) && !JOINABLE.contains(String.valueOf(key))) {
                    faults.add(key + " can be replaced, not appended");
                }
            });
        }
        return faults;
    }

    /** Changes the rule; the keys that {@code override} does not name change nothing and are told. */
    static List<String> change(Map<String, Object> rule, Map<?, ?> item) {
        boolean append = isTrue(item.get("append"));
        Map<?, ?> override = item.get("override") instanceof Map<?, ?> how ? how : Map.of();
        List<String> unnamed = new ArrayList<>();
        item.forEach((name, value) -> {
            String key = String.valueOf(name);
            if (OWN.contains(key) || value == null || append && !APPENDED.contains(key)) {
                return;
            }
            if (!override.isEmpty() && !override.containsKey(key)) {
                unnamed.add(key);
                return;
            }
            boolean joins = append || "append".equals(override.get(key));
            rule.put(key, joins ? joined(key, rule.get(key), value) : value);
        });
        return unnamed;
    }

    /** Texts follow one another with a blank, lists one behind the other; exceptions of one name share their values. */
    private static Object joined(String key, @Nullable Object before, Object value) {
        if (before instanceof List<?> first && value instanceof List<?> second) {
            return key.equals("exceptions") ? exceptions(first, second) : both(first, second);
        }
        return before == null || before.equals("") ? value : before + " " + value;
    }

    private static List<Object> both(List<?> first, List<?> second) {
        List<Object> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }

    private static List<Object> exceptions(List<?> first, List<?> second) {
        Map<String, Map<String, Object>> byName = new LinkedHashMap<>();
        for (Object exception : both(first, second)) {
            if (!(exception instanceof Map<?, ?> item)) {
                continue;
            }
            Map<String, Object> known =
                    byName.computeIfAbsent(String.valueOf(item.get("name")), name -> new LinkedHashMap<>());
            item.forEach((key, value) -> {
                if (value != null) {
                    known.merge(
                            String.valueOf(key),
                            value,
                            (old, more) -> old instanceof List<?> values
                                            && more instanceof List<?> added
                                            && key.equals("values")
                                    ? both(values, added)
                                    : more);
                }
            });
        }
        return new ArrayList<>(byName.values());
    }
}
