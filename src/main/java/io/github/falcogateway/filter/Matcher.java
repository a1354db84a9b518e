package io.github.falcogateway.filter;

import io.github.falcogateway.event.FieldValue;
import java.util.List;
import java.util.function.Predicate;

/** What an operator and its right side ask of a value. Immutable. */
@FunctionalInterface
interface Matcher {

    boolean matches(FieldValue value, Subject subject);

    /** Asks a value alone; of a list, any of its items. */
    static Matcher of(Predicate<FieldValue> one) {
        return new OfOne(one);
    }

    /** Asks a value alone; a class of its own, since most checks are such and the machine finds its way faster. */
    record OfOne(Predicate<FieldValue> one) implements Matcher {
        @Override
        public boolean matches(FieldValue value, Subject subject) {
            return value instanceof FieldValue.Array ? any(value, one) : one.test(value);
        }
    }

    static boolean any(FieldValue value, Predicate<FieldValue> one) {
        if (!(value instanceof FieldValue.Array array)) {
            return one.test(value);
        }
        List<FieldValue> items = array.items();
        for (int i = 0; i < items.size(); i++) {
            if (one.test(items.get(i))) {
                return true;
            }
        }
        return false;
    }
}
