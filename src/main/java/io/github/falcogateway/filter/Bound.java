package io.github.falcogateway.filter;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A number that values are compared with, by value. Immutable. Comparing whole numbers that fit a long makes nothing new. */
final class Bound {

    /** The value is no number. */
    static final int NONE = Integer.MIN_VALUE;

    private final BigDecimal exact;
    private final long whole;

    private Bound(BigDecimal exact, long whole) {
        this.exact = exact;
        this.whole = whole;
    }

    /** The number; null where the text is none. */
    static @Nullable Bound of(String text) {
        BigDecimal exact = Numbers.parse(text);
        return exact == null ? null : new Bound(exact, Numbers.whole(exact));
    }

    /** The sign of the value compared with this; {@link #NONE} where it is no number. */
    int compare(String value) {
        long other = whole == Numbers.NOT_WHOLE ? Numbers.NOT_WHOLE : Numbers.whole(value);
        if (other != Numbers.NOT_WHOLE) {
            return Long.compare(other, whole);
        }
        BigDecimal parsed = Numbers.parse(value);
        return parsed == null ? NONE : parsed.compareTo(exact);
    }
}
