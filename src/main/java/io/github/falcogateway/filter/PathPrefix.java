package io.github.falcogateway.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Whether a path lies at or below one of several, component by component; patterns may hold globs. Immutable. */
final class PathPrefix {

    private final List<List<Glob>> prefixes = new ArrayList<>();

    PathPrefix(List<String> paths) {
        for (String path : paths) {
            prefixes.add(Arrays.stream(path.split("/", -1))
                    .filter(component -> !component.isEmpty())
                    .map(component -> new Glob(component, false))
                    .toList());
        }
    }

    boolean matches(String path) {
        for (List<Glob> prefix : prefixes) {
            if (startsWith(path, prefix)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWith(String path, List<Glob> prefix) {
        int end = 0;
        for (int i = 0; i < prefix.size(); i++) {
            int from = end;
            while (from < path.length() && path.charAt(from) == '/') {
                from++;
            }
            int slash = path.indexOf('/', from);
            end = slash < 0 ? path.length() : slash;
            if (from == end || !prefix.get(i).matches(path, from, end)) {
                return false;
            }
        }
        return true;
    }
}
