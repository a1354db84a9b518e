package io.github.falcogateway.event;

import java.util.List;

/** The value of one output field, as the sender wrote it. Immutable. A JSON null is no value: the field is absent. */
public sealed interface FieldValue {

    /** The value as text: a string without quotes, a number with every digit, a list with commas between. */
    String text();

    /** A JSON string. */
    record Text(String text) implements FieldValue {}

    /** A JSON number, digits kept: uint64 and nanoseconds are beyond a double. */
    record Num(String text) implements FieldValue {}

    /** A JSON boolean. */
    record Bool(boolean value) implements FieldValue {
        @Override
        public String text() {
            return Boolean.toString(value);
        }
    }

    /** A JSON array without its nulls. */
    record Array(List<FieldValue> items) implements FieldValue {
        public Array {
            items = List.copyOf(items);
        }

        @Override
        public String text() {
            return String.join(",", items.stream().map(FieldValue::text).toList());
        }
    }

    /** A JSON object, as its JSON text: Falco sends none, other senders do. */
    record Nested(String text) implements FieldValue {}
}
