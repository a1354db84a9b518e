package io.github.falcogateway.event;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The output fields of one event, in the sender's order. A dozen names in an array are found as fast as in a hash map,
 * and an event that waits for a sink has a third of the memory and nothing for the collector to follow. Immutable.
 */
public final class OutputFields extends AbstractMap<String, FieldValue> {

    /** Where there are more a hash map is faster. */
    private static final int MOST = 32;

    private static final int USUAL = 16;

    private final String[] names;
    private final int[] hashes;
    private final FieldValue[] values;
    private final int size;

    private OutputFields(Builder made) {
        names = made.names;
        hashes = made.hashes;
        values = made.values;
        size = made.size;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public @Nullable FieldValue get(@Nullable Object name) {
        int at = name instanceof String text ? at(text, names, hashes, size) : -1;
        return at < 0 ? null : values[at];
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super FieldValue> action) {
        for (int i = 0; i < size; i++) {
            action.accept(names[i], values[i]);
        }
    }

    @Override
    public Set<Entry<String, FieldValue>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public Iterator<Entry<String, FieldValue>> iterator() {
                return new Entries();
            }
        };
    }

    private final class Entries implements Iterator<Entry<String, FieldValue>> {

        private int next;

        @Override
        public boolean hasNext() {
            return next < size;
        }

        @Override
        public Entry<String, FieldValue> next() {
            if (next == size) {
                throw new NoSuchElementException();
            }
            return Map.entry(names[next], values[next++]);
        }
    }

    private static int at(String name, String[] names, int[] hashes, int size) {
        int hash = name.hashCode();
        for (int i = 0; i < size; i++) {
            if (hashes[i] == hash && names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Collects them as they are read; of a name that comes twice the last value counts. Used once. */
    public static final class Builder {

        private String[] names = new String[USUAL];
        private int[] hashes = new int[USUAL];
        private FieldValue[] values = new FieldValue[USUAL];
        private int size;
        private @Nullable Map<String, FieldValue> many;

        /** Takes a field; null is no value. */
        public void put(String name, @Nullable FieldValue value) {
            Map<String, FieldValue> map = many;
            if (map != null) {
                if (value == null) {
                    map.remove(name);
                } else {
                    map.put(name, value);
                }
                return;
            }
            int at = at(name, names, hashes, size);
            if (value == null) {
                remove(at);
            } else if (at >= 0) {
                values[at] = value;
            } else {
                add(name, value);
            }
        }

        private void remove(int at) {
            if (at >= 0) {
                size--;
                System.arraycopy(names, at + 1, names, at, size - at);
                System.arraycopy(hashes, at + 1, hashes, at, size - at);
                System.arraycopy(values, at + 1, values, at, size - at);
            }
        }

        private void add(String name, FieldValue value) {
            if (size == MOST) {
                Map<String, FieldValue> map = new LinkedHashMap<>(new OutputFields(this));
                map.put(name, value);
                many = map;
                return;
            }
            if (size == names.length) {
                names = Arrays.copyOf(names, MOST);
                hashes = Arrays.copyOf(hashes, MOST);
                values = Arrays.copyOf(values, MOST);
            }
            names[size] = name;
            hashes[size] = name.hashCode();
            values[size++] = value;
        }

        /** How many there are. */
        public int size() {
            return many == null ? size : many.size();
        }

        /** Whether there is one of that name. */
        public boolean has(String name) {
            return many == null ? at(name, names, hashes, size) >= 0 : many.containsKey(name);
        }

        /** The fields. */
        public Map<String, FieldValue> build() {
            return many == null ? new OutputFields(this) : many;
        }
    }
}
