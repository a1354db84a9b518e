package io.github.falcogateway.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Where the pieces of a JSON text end. What is none is told by the complement of the place where it goes wrong.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 */
final class JsonTokens {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long QUOTES = LOW_BITS * '"';
    private static final long BACKSLASHES = LOW_BITS * '\\';
    private static final long BLANKS = LOW_BITS * ' ';

    private JsonTokens() {}

    /** The next quote, backslash or control character in a string, eight bytes looked at together; else the end. */
    static int special(byte[] json, int from, int end) {
        int at = from;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            long eight = (long) LONGS.get(json, at);
            long special = zeros(eight ^ QUOTES) | zeros(eight ^ BACKSLASHES) | (eight - BLANKS & ~eight & HIGH_BITS);
            if (special != 0) {
                // The lowest mark is never a false one: a borrow goes upwards.
                return at + (Long.numberOfTrailingZeros(special) >>> 3);
            }
        }
        while (at < end && json[at] != '"' && json[at] != '\\' && (json[at] & 0xFF) >= ' ') {
            at++;
        }
        return at;
    }

    private static long zeros(long eight) {
        return eight - LOW_BITS & ~eight & HIGH_BITS;
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
