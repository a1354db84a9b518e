package io.github.falcogateway.filter;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.FieldValue;
import java.util.function.Predicate;

/** What an operator and its right side ask of a value. Immutable. */
@FunctionalInterface
interface Matcher {

    boolean matches(FieldValue value, FalcoEvent event);

    /** Asks a value alone; of a list, any of its items. */
    static Matcher of(Predicate<FieldValue> one) {
        return (value, event) -> any(value, one);
    }

    static boolean any(FieldValue value, Predicate<FieldValue> one) {
        if (!(value instanceof FieldValue.Array array)) {
            return one.test(value);
        }
        for (FieldValue item : array.items()) {
            if (one.test(item)) {
                return true;
            }
        }
        return false;
    }
}
