package io.github.falcogateway.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What was read last out of short stretches of bytes that come again and again. Thread-safe: threads may overwrite each other's, which
 * costs another reading and nothing else.
 */
final class Seen<T> {

    /** An odd number whose bits look random: the golden ratio's. */
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private record Entry<T>(byte[] bytes, T value) {}

    private final @Nullable Entry<T>[] entries;

    /**
     * Nothing yet.
     *
     * @param slots how many are remembered, a power of two
     */
    @SuppressWarnings("unchecked")
    Seen(int slots) {
        entries = new Entry[slots];
    }

    /** What was read out of the same bytes; null where that is not remembered. */
    @Nullable
    T get(byte[] json, int from, int to) {
        Entry<T> entry = entries[slot(json, from, to)];
        return entry != null && Arrays.equals(entry.bytes, 0, entry.bytes.length, json, from, to) ? entry.value : null;
    }

    /** Remembers what was read out of these bytes, which must not change by being shared. */
    void put(byte[] json, int from, int to, T value) {
        entries[slot(json, from, to)] = new Entry<>(Arrays.copyOfRange(json, from, to), value);
    }

    private int slot(byte[] json, int from, int to) {
        long hash = to - from;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash = (hash ^ Eight.at(json, at)) * MIX;
            hash ^= hash >>> 32;
        }
        for (; at < to; at++) {
            hash = (hash ^ json[at]) * MIX;
        }
        return (int) (hash >>> 40) & entries.length - 1;
    }
}
