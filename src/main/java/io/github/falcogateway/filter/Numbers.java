package io.github.falcogateway.filter;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Numbers by value, to 2^64-1 and beyond, without ever losing a digit. */
final class Numbers {

    /** Longer ones are an attack, not a number: exact arithmetic on them costs more than linear time. */
    private static final int MAX_DIGITS = 400;

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
}
