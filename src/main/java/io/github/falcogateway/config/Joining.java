package io.github.falcogateway.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How an item of a route file joins an earlier one of its name. Immutable.
 *
 * @param fresh whether there is no earlier one, or this one takes its place
 * @param changes whether it changes an earlier one rather than being one
 * @param append whether all of its texts and lists go behind those of the earlier one
 * @param override by key, whether its value goes behind the earlier one rather than in its place
 * @see <a href="https://falco.org/docs/concepts/rules/overriding/">Falco: overriding rules</a>
 */
record Joining(boolean fresh, boolean changes, boolean append, Map<String, Boolean> override) {

    private static final Map<String, Set<String>> APPENDABLE = Map.of(
            "list", Set.of("items"),
            "macro", Set.of("condition"),
            "route", Set.of("condition", "to", "desc"));
    private static final List<String> OF_ITSELF = List.of("list", "macro", "route", "override", "append");

    /**
     * Reads {@code append} and {@code override}.
     *
     * @param known whether there is an earlier item of the name
     */
    static Joining read(Section item, String kind, boolean known) {
        boolean append = item.bool("append", false);
        boolean overrides = item.has("override");
        Map<String, Boolean> override = override(item.section("override"), item, kind);
        if (append && overrides) {
            item.problem("append", "append and override exclude each other");
        }
        if (append && APPENDABLE.getOrDefault(kind, Set.of()).stream().noneMatch(item::has)) {
            item.problem("append", "there is nothing to append");
        }
        if (overrides) {
            for (String key : item.keys()) {
                if (!OF_ITSELF.contains(key) && !override.containsKey(key)) {
                    item.problem(key, "override does not say how " + key + " joins the earlier one");
                }
            }
        }
        // As in Falco, an item of nothing but enabled turns the earlier one on or off.
        boolean toggle = known && item.keys().equals(Set.of(kind, "enabled"));
        boolean changes = append || overrides || toggle;
        return new Joining(!known || !changes, changes, append, override);
    }

    private static Map<String, Boolean> override(Section section, Section item, String kind) {
        Map<String, Boolean> override = new LinkedHashMap<>();
        for (String key : List.copyOf(section.keys())) {
            String how = section.text(key, "");
            if (!how.equals("append") && !how.equals("replace")) {
                section.problem(key, "override of " + key + " must be append or replace");
            } else if (!item.has(key)) {
                section.problem(key, "override names " + key + ", which is not there");
            } else if (how.equals("append")
                    && !APPENDABLE.getOrDefault(kind, Set.of()).contains(key)) {
                section.problem(key, key + " can be replaced, not appended");
            }
            override.put(key, how.equals("append"));
        }
        return override;
    }

    boolean appends(String key) {
        return !fresh && (append || override.getOrDefault(key, false));
    }
}
