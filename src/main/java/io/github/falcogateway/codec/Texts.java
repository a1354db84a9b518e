package io.github.falcogateway.codec;

/**
 * Short texts of events, equal ones as one String as a rule: rules, hosts, users and commands come again and again, and
 * one String of them all keeps its hash and is no work for the collector. Thread-safe.
 */
final class Texts {

    /** Longer ones are hardly ever the same. */
    private static final int MAX_BYTES = 64;

    private static final Seen<String> SEEN = new Seen<>(1 << 12);

    private Texts() {}

    /** The text of these bytes of UTF-8. */
    static String of(byte[] json, int from, int to) {
        if (to - from > MAX_BYTES) {
            return Utf8.text(json, from, to);
        }
        String seen = SEEN.get(json, from, to);
        if (seen != null) {
            return seen;
        }
        String text = Utf8.text(json, from, to);
        SEEN.put(json, from, to, text);
        return text;
    }
}
