package io.github.falcogateway.filter;

import java.util.ArrayList;
import java.util.List;

/** Whether a path lies at or below one of several, component by component; patterns may hold globs. Immutable. */
final class PathPrefix {

    private final List<List<Glob>> prefixes = new ArrayList<>();

    PathPrefix(List<String> paths) {
        for (String path : paths) {
            prefixes.add(components(path).stream()
                    .map(component -> new Glob(component, false))
                    .toList());
        }
    }

    boolean matches(String path) {
        List<String> components = components(path);
        for (List<Glob> prefix : prefixes) {
            if (startsWith(components, prefix)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWith(List<String> path, List<Glob> prefix) {
        if (prefix.size() > path.size()) {
            return false;
        }
        for (int i = 0; i < prefix.size(); i++) {
            if (!prefix.get(i).matches(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<String> components(String path) {
        List<String> components = new ArrayList<>();
        for (String component : path.split("/", -1)) {
            if (!component.isEmpty()) {
                components.add(component);
            }
        }
        return components;
    }
}
