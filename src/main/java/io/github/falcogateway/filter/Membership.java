package io.github.falcogateway.filter;

import io.github.falcogateway.event.FieldValue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Equal to one of several texts; a lookup where letters decide. Immutable. */
final class Membership implements Predicate<FieldValue> {

    private final Set<String> texts;
    private final List<Equality> byValue;

    Membership(List<String> items) {
        texts = new HashSet<>(items);
        byValue = items.stream().map(Equality::new).filter(Equality::byValue).toList();
    }

    @Override
    public boolean test(FieldValue value) {
        if (texts.contains(value.text())) {
            return true;
        }
        for (int i = 0; i < byValue.size(); i++) {
            if (byValue.get(i).test(value)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a list is not empty and all of it is in; or the one value. */
    boolean all(FieldValue value) {
        if (!(value instanceof FieldValue.Array array)) {
            return test(value);
        }
        return !array.items().isEmpty() && array.items().stream().allMatch(this);
    }
}
