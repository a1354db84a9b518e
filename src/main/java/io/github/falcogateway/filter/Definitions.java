package io.github.falcogateway.filter;

import java.util.List;
import java.util.Map;

/**
 * The names a condition may use. Immutable.
 *
 * @param macros a macro's name to its condition
 * @param lists a list's name to its items, nested lists not yet put in
 */
public record Definitions(Map<String, String> macros, Map<String, List<String>> lists) {

    private static final Definitions NONE = new Definitions(Map.of(), Map.of());

    public Definitions {
        macros = Map.copyOf(macros);
        lists = Map.copyOf(lists);
    }

    /** No macro and no list. */
    public static Definitions none() {
        return NONE;
    }
}
