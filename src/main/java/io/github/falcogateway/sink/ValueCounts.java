package io.github.falcogateway.sink;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often each value of each field was seen, in the order in which they came; a field is known by its place. There may
 * be a hundred thousand groups of a few values each: a few of a field are in two arrays with those of all fields, many in
 * a map. Confined to one event loop.
 */
final class ValueCounts {

    private static final int FEW = 8;
    private static final int PLACE_BITS = 4;
    private static final int PLACE = (1 << PLACE_BITS) - 1;
    /** Most groups are of one event or of alike ones, which have about as many fields with a value. */
    private static final int ROOM = 10;
    /** No value is empty: the name of those that have no count of their own. */
    private static final String MORE = "";

    private static final String[] NO_NAMES = {};
    private static final long[] NO_COUNTS = {};

    private String[] names = NO_NAMES;
    /** The count of each name with the place of its field in the lowest bits: one array is smaller than two. */
    private long[] counts = NO_COUNTS;

    private int size;
    private @Nullable Map<String, Long> @Nullable [] many;

    /** Counts an event of a value that was seen before; whether it was. */
    boolean again(int place, String name) {
        Map<String, Long> map = many(place);
        if (map != null) {
            return map.computeIfPresent(name, (same, count) -> count + 1) != null;
        }
        int at = find(place, name);
        if (at >= 0) {
            counts[at] += 1L << PLACE_BITS;
        }
        return at >= 0;
    }

    /**
     * Counts events of a value.
     *
     * @param most how many values of a field have a count of their own
     * @return whether the value has one from now on
     */
    boolean add(int place, String name, long events, int most) {
        Map<String, Long> map = many(place);
        if (map == null) {
            int at = find(place, name);
            if (at >= 0) {
                counts[at] += events << PLACE_BITS;
                return false;
            }
            if (seen(place) < Math.min(FEW, most)) {
                append(place, name, events);
                return true;
            }
            if (seen(place) < most) {
                map = gathered(place);
            }
        }
        if (map == null || !map.containsKey(name) && map.size() >= most) {
            leaveOut(place, events);
            return false;
        }
        return map.merge(name, events, Long::sum) == events;
    }

    /** Counts events of values that have no count of their own. */
    void leaveOut(int place, long events) {
        int at = find(place, MORE);
        if (at >= 0) {
            counts[at] += events << PLACE_BITS;
        } else if (events > 0) {
            append(place, MORE, events);
        }
    }

    /** The counts of a field; null where it was not seen. */
    @Nullable
    Counts of(int place) {
        Map<String, Long> map = many(place);
        Map<String, Long> all = map == null ? new LinkedHashMap<>() : map;
        long more = 0;
        for (int i = 0; i < size; i++) {
            if ((counts[i] & PLACE) == place) {
                long count = counts[i] >> PLACE_BITS;
                if (names[i].isEmpty()) {
                    more = count;
                } else {
                    all.put(names[i], count);
                }
            }
        }
        return all.isEmpty() && more == 0 ? null : new Counts(all, more);
    }

    private int find(int place, String name) {
        for (int i = 0; i < size; i++) {
            if ((counts[i] & PLACE) == place && names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** How many values of the field are in the arrays. */
    private int seen(int place) {
        int seen = 0;
        for (int i = 0; i < size; i++) {
            seen += (counts[i] & PLACE) == place && !names[i].isEmpty() ? 1 : 0;
        }
        return seen;
    }

    private void append(int place, String name, long events) {
        if (size == names.length) {
            int room = size == 0 ? ROOM : size + ROOM / 2;
            names = Arrays.copyOf(names, room);
            counts = Arrays.copyOf(counts, room);
        }
        names[size] = name;
        counts[size++] = events << PLACE_BITS | place;
    }

    private @Nullable Map<String, Long> many(int place) {
        return many == null ? null : many[place];
    }

    /** Moves the values of a field into a map. */
    private Map<String, Long> gathered(int place) {
        Map<String, Long> map = new LinkedHashMap<>();
        int left = 0;
        for (int i = 0; i < size; i++) {
            if ((counts[i] & PLACE) == place && !names[i].isEmpty()) {
                map.put(names[i], counts[i] >> PLACE_BITS);
            } else {
                names[left] = names[i];
                counts[left++] = counts[i];
            }
        }
        Arrays.fill(names, left, size, null);
        size = left;
        @Nullable Map<String, Long>[] all = many;
        if (all == null) {
            all = new Map[PLACE + 1];
            many = all;
        }
        all[place] = map;
        return map;
    }
}
