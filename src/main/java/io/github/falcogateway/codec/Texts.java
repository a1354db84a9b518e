package io.github.falcogateway.codec;

import java.util.Arrays;

/**
 * Short texts of events, equal ones as one String as a rule: rules, hosts, users and commands come again and again, and
 * one String of them all keeps its hash and is no work for the collector. Thread-safe: threads may overwrite each
 * other's texts, which costs a String and nothing else.
 */
final class Texts {

    /** Longer ones are hardly ever the same. */
    private static final int MAX_BYTES = 64;

    private static final int SLOTS = 1 << 12;
    private static final Seen[] SEEN = new Seen[SLOTS];
    /** An odd number whose bits look random: the golden ratio's. */
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private record Seen(byte[] bytes, String text) {}

    private Texts() {}

    /** The text of these bytes of UTF-8. */
    static String of(byte[] json, int from, int to) {
        if (to - from > MAX_BYTES) {
            return Utf8.text(json, from, to);
        }
        int slot = slot(json, from, to);
        Seen seen = SEEN[slot];
        if (seen != null && Arrays.equals(seen.bytes, 0, seen.bytes.length, json, from, to)) {
            return seen.text;
        }
        String text = Utf8.text(json, from, to);
        SEEN[slot] = new Seen(Arrays.copyOfRange(json, from, to), text);
        return text;
    }

    private static int slot(byte[] json, int from, int to) {
        long hash = to - from;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash = (hash ^ Eight.at(json, at)) * MIX;
            hash ^= hash >>> 32;
        }
        for (; at < to; at++) {
            hash = (hash ^ json[at]) * MIX;
        }
        return (int) (hash >>> 40) & SLOTS - 1;
    }
}
