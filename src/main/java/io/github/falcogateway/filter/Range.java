package io.github.falcogateway.filter;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that some orderings leave. Immutable.
 *
 * @param low null where there is no lower end
 * @param lowIn whether the lower end itself is left
 * @param high null where there is no upper end
 * @param highIn whether the upper end itself is left
 */
record Range(
        @Nullable BigDecimal low, boolean lowIn, @Nullable BigDecimal high, boolean highIn) {

    private static final Range ALL = new Range(null, true, null, true);

    /** What the orderings among the checks of one field leave. */
    static Range of(List<Formula.Leaf> leaves) {
        Range range = ALL;
        for (Formula.Leaf leaf : leaves) {
            if (!leaf.negated()
                    && leaf.check().operator().kind() == Operator.Kind.ORDER
                    && leaf.check().right() instanceof Operand.Literal literal) {
                BigDecimal bound = Numbers.parse(literal.text());
                range = bound == null ? range : range.with(leaf.check().operator(), bound);
            }
        }
        return range;
    }

    boolean empty() {
        if (low == null || high == null) {
            return false;
        }
        int sign = low.compareTo(high);
        return sign > 0 || sign == 0 && !(lowIn && highIn);
    }

    /** Whether this has ends and all of the other lies within. */
    boolean contains(Range other) {
        boolean bounded = low != null || high != null;
        return bounded
                && within(low, lowIn, other.low, other.lowIn, 1)
                && within(high, highIn, other.high, other.highIn, -1);
    }

    private static boolean within(
            @Nullable BigDecimal end, boolean in, @Nullable BigDecimal inner, boolean innerIn, int direction) {
        if (end == null) {
            return true;
        }
        if (inner == null) {
            return false;
        }
        int sign = inner.compareTo(end) * direction;
        return sign > 0 || sign == 0 && (in || !innerIn);
    }

    private Range with(Operator operator, BigDecimal bound) {
        boolean in = operator == Operator.GE || operator == Operator.LE;
        boolean lower = operator == Operator.GE || operator == Operator.GT;
        if (lower) {
            int sign = low == null ? 1 : bound.compareTo(low);
            return sign < 0 ? this : new Range(bound, sign == 0 ? in && lowIn : in, high, highIn);
        }
        int sign = high == null ? -1 : bound.compareTo(high);
        return sign > 0 ? this : new Range(low, lowIn, bound, sign == 0 ? in && highIn : in);
    }
}
