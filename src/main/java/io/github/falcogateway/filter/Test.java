package io.github.falcogateway.filter;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.FieldValue;
import java.util.List;

/** A condition ready to be asked. Immutable. */
sealed interface Test {

    boolean matches(FalcoEvent event);

    /** The smallest part that is false for an event that this does not match. */
    Failure failure(FalcoEvent event);

    /** All of them. */
    record AllOf(List<Test> parts, String text) implements Test {
        @Override
        public boolean matches(FalcoEvent event) {
            for (Test part : parts) {
                if (!part.matches(event)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Failure failure(FalcoEvent event) {
            for (Test part : parts) {
                if (!part.matches(event)) {
                    return part.failure(event);
                }
            }
            return new Failure(text, "true");
        }
    }

    /** Any of them. */
    record AnyOf(List<Test> parts, String text) implements Test {
        @Override
        public boolean matches(FalcoEvent event) {
            for (Test part : parts) {
                if (part.matches(event)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public Failure failure(FalcoEvent event) {
            // No single part is to blame: the whole of it is the smallest that is false.
            List<String> actual = parts.stream()
                    .map(part -> part.failure(event).actual())
                    .distinct()
                    .toList();
            return new Failure(text, String.join(", ", actual));
        }
    }

    /** The opposite. */
    record Negation(Test part, String text) implements Test {
        @Override
        public boolean matches(FalcoEvent event) {
            return !part.matches(event);
        }

        @Override
        public Failure failure(FalcoEvent event) {
            return new Failure(text, part instanceof Comparison comparison ? comparison.actual(event) : "true");
        }
    }

    /** One check: false whatever the operator where the event has no such value. */
    record Comparison(Fields.Reader left, Matcher matcher, String text) implements Test {

        private static final int SHOWN = 200;

        @Override
        public boolean matches(FalcoEvent event) {
            FieldValue value = left.read(event);
            return value != null && matcher.matches(value, event);
        }

        @Override
        public Failure failure(FalcoEvent event) {
            return new Failure(text, actual(event));
        }

        String actual(FalcoEvent event) {
            FieldValue value = left.read(event);
            if (value == null) {
                return "absent";
            }
            String shown = value.text();
            return shown.codePointCount(0, shown.length()) > SHOWN
                    ? shown.substring(0, shown.offsetByCodePoints(0, SHOWN)) + "…"
                    : shown;
        }
    }
}
