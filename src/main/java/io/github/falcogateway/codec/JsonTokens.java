package io.github.falcogateway.codec;

/**
 * Where the pieces of a JSON text end. What is none is told by the complement of the place where it goes wrong.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 */
final class JsonTokens {

    private static final long QUOTES = Eight.times('"');
    private static final long BACKSLASHES = Eight.times('\\');
    private static final long BLANKS = Eight.times(' ');

    private JsonTokens() {}

    /** The next quote, backslash or control character in a string, eight bytes looked at together; else the end. */
    static int special(byte[] json, int from, int end) {
        int at = from;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            long eight = Eight.at(json, at);
            long special = Eight.equal(eight, QUOTES) | Eight.equal(eight, BACKSLASHES) | Eight.below(eight, BLANKS);
            if (special != 0) {
                return at + Eight.first(special);
            }
        }
        while (at < end && json[at] != '"' && json[at] != '\\' && (json[at] & 0xFF) >= ' ') {
            at++;
        }
        return at;
    }

    /** Whether a byte may stand between tokens. */
    static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** The end of a number. */
    static int number(byte[] json, int from, int end) {
        int first = from < end && json[from] == '-' ? from + 1 : from;
        int at = digits(json, first, end);
        if (at == first || json[first] == '0' && at > first + 1) {
            return ~first;
        }
        if (at < end && json[at] == '.') {
            int fraction = at + 1;
            at = digits(json, fraction, end);
            if (at == fraction) {
                return ~at;
            }
        }
        if (at < end && (json[at] | 0x20) == 'e') {
            boolean signed = at + 1 < end && (json[at + 1] == '+' || json[at + 1] == '-');
            int exponent = at + (signed ? 2 : 1);
            at = digits(json, exponent, end);
            if (at == exponent) {
                return ~at;
            }
        }
        return at;
    }

    /** The end of a word that has to stand there. */
    static int literal(byte[] json, int from, int end, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (from + i >= end || json[from + i] != word.charAt(i)) {
                return ~(from + i);
            }
        }
        return from + word.length();
    }

    private static int digits(byte[] json, int from, int end) {
        int at = from;
        while (at < end && json[at] >= '0' && json[at] <= '9') {
            at++;
        }
        return at;
    }
}
