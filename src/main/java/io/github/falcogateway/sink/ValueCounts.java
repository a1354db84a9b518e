package io.github.falcogateway.sink;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often each value was seen, in the order in which they came. Most groups see one value of a field, and there may be
 * a hundred thousand groups: a few values are in arrays of their number, many in a map. Confined to one event loop.
 */
final class ValueCounts {

    private static final int FEW = 8;

    private String[] names = new String[0];
    private long[] counts = new long[0];
    private @Nullable Map<String, Long> many;
    private long more;

    boolean has(String name) {
        return many == null ? find(name) >= 0 : many.containsKey(name);
    }

    /**
     * Counts events of a value.
     *
     * @param most how many values have a count of their own
     * @return whether the value is new here
     */
    boolean add(String name, long events, int most) {
        Map<String, Long> map = many;
        if (map != null) {
            return add(map, name, events, most);
        }
        int at = find(name);
        if (at >= 0) {
            counts[at] += events;
            return false;
        }
        if (names.length >= Math.min(FEW, most)) {
            map = all();
            many = map;
            return add(map, name, events, most);
        }
        names = Arrays.copyOf(names, names.length + 1);
        counts = Arrays.copyOf(counts, names.length);
        names[names.length - 1] = name;
        counts[names.length - 1] = events;
        return true;
    }

    private boolean add(Map<String, Long> map, String name, long events, int most) {
        if (!map.containsKey(name) && map.size() >= most) {
            more += events;
            return false;
        }
        return map.merge(name, events, Long::sum) == events;
    }

    /** Counts events of values that have no count of their own. */
    void leaveOut(long events) {
        more += events;
    }

    boolean isEmpty() {
        return many == null && names.length == 0 && more == 0;
    }

    long more() {
        return more;
    }

    /** A copy of all counts. */
    Map<String, Long> all() {
        if (many != null) {
            return new LinkedHashMap<>(many);
        }
        Map<String, Long> all = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            all.put(names[i], counts[i]);
        }
        return all;
    }

    private int find(String name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
