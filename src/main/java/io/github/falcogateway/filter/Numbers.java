package io.github.falcogateway.filter;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Numbers by value, to 2^64-1 and beyond, without ever losing a digit. */
final class Numbers {

    /** What {@link #whole} says of a number that is not whole, or too long for it. */
    static final long NOT_WHOLE = Long.MIN_VALUE;

    /** Longer ones are an attack, not a number: exact arithmetic on them costs more than linear time. */
    private static final int MAX_DIGITS = 400;

    /** No long has more; nanoseconds since 1970 have as many. */
    private static final int LONG_DIGITS = 19;

    private Numbers() {}

    /** The value of a decimal or hexadecimal number; null where the text is none. */
    static @Nullable BigDecimal parse(String text) {
        if (text.isEmpty() || text.length() > MAX_DIGITS || "+-.0123456789".indexOf(text.charAt(0)) < 0) {
            return null;
        }
        try {
            if (text.startsWith("0x") || text.startsWith("0X")) {
                return new BigDecimal(new BigInteger(text.substring(2), 16));
            }
            return new BigDecimal(text);
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    /** The value of a text that is digits alone, with or without a sign. */
    static long whole(String text) {
        int start = !text.isEmpty() && text.charAt(0) == '-' ? 1 : 0;
        if (text.length() == start || text.length() - start > LONG_DIGITS) {
            return NOT_WHOLE;
        }
        long value = 0;
        for (int i = start; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return NOT_WHOLE;
            }
            value = value * 10 + digit;
        }
        // Nineteen digits that are too much for a long turn it negative.
        if (value < 0) {
            return NOT_WHOLE;
        }
        return start == 1 ? -value : value;
    }

    /** The value of a number that is whole, however it is written. */
    static long whole(BigDecimal number) {
        boolean fits = number.precision() - (long) number.scale() <= LONG_DIGITS;
        try {
            return fits ? number.longValueExact() : NOT_WHOLE;
        } catch (ArithmeticException notWholeOrTooLong) {
            return NOT_WHOLE;
        }
    }
}
