package io.github.falcogateway.filter;

import io.github.falcogateway.event.FieldValue;
import io.github.falcogateway.event.Network;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Equal to one text: letter by letter, or by value where both are numbers, truths or addresses. Immutable. */
final class Equality implements Predicate<FieldValue> {

    private final String text;
    private final @Nullable Bound number;
    private final @Nullable Network net;

    Equality(String text) {
        this.text = text;
        this.number = Bound.of(text);
        this.net = Network.parse(text);
    }

    /** Whether other texts than this one can be equal to it. */
    boolean byValue() {
        return number != null || net != null || text.equals("true") || text.equals("false");
    }

    @Override
    public boolean test(FieldValue value) {
        if (value instanceof FieldValue.Num num) {
            return num.text().equals(text) || number != null && number.compare(num.text()) == 0;
        }
        if (value instanceof FieldValue.Bool bool) {
            return text.equals(bool.value() ? "true" : "false") || text.equals(bool.value() ? "1" : "0");
        }
        return value.text().equals(text) || net != null && net.contains(value.text());
    }
}
