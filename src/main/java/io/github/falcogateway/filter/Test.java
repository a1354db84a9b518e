package io.github.falcogateway.filter;

import io.github.falcogateway.event.FieldValue;
import java.util.List;

/** A condition ready to be asked. Immutable. */
sealed interface Test {

    /** The most values that are shown of a choice. */
    int MOST = 8;

    boolean matches(Subject subject);

    /** The smallest part that is false for an event that this does not match. */
    Failure failure(Subject subject);

    /** What the event has where this looks, for an event that this matches. */
    String seen(Subject subject);

    /** All of them. */
    record AllOf(List<Test> parts, String text) implements Test {
        @Override
        public boolean matches(Subject subject) {
            for (int i = 0; i < parts.size(); i++) {
                if (!parts.get(i).matches(subject)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Failure failure(Subject subject) {
            for (Test part : parts) {
                if (!part.matches(subject)) {
                    return part.failure(subject);
                }
            }
            return new Failure(text, "true");
        }

        @Override
        public String seen(Subject subject) {
            return joined(parts.stream().map(part -> part.seen(subject)).toList());
        }
    }

    /** Any of them. */
    record AnyOf(List<Test> parts, String text) implements Test {
        @Override
        public boolean matches(Subject subject) {
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i).matches(subject)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public Failure failure(Subject subject) {
            // No single part is to blame: the whole of it is the smallest that is false.
            return new Failure(
                    text,
                    joined(parts.stream()
                            .map(part -> part.failure(subject).actual())
                            .toList()));
        }

        @Override
        public String seen(Subject subject) {
            return parts.stream()
                    .filter(part -> part.matches(subject))
                    .map(part -> part.seen(subject))
                    .findFirst()
                    .orElse("");
        }
    }

    /** The opposite. */
    record Negation(Test part, String text) implements Test {
        @Override
        public boolean matches(Subject subject) {
            return !part.matches(subject);
        }

        @Override
        public Failure failure(Subject subject) {
            return new Failure(text, part.seen(subject));
        }

        @Override
        public String seen(Subject subject) {
            return part.failure(subject).actual();
        }
    }

    /**
     * One check: false whatever the operator where the event has no such value.
     *
     * @param slot the place of the field on the left; -1 where that is computed
     */
    record Comparison(int slot, Reader left, Matcher matcher, String text) implements Test {

        private static final int SHOWN = 200;

        @Override
        public boolean matches(Subject subject) {
            FieldValue value = slot >= 0 ? subject.value(slot) : left.read(subject);
            return value != null && matcher.matches(value, subject);
        }

        @Override
        public Failure failure(Subject subject) {
            return new Failure(text, seen(subject));
        }

        @Override
        public String seen(Subject subject) {
            FieldValue value = left.read(subject);
            return value == null ? "absent" : cut(value.text());
        }
    }

    private static String cut(String shown) {
        return shown.codePointCount(0, shown.length()) > Comparison.SHOWN
                ? shown.substring(0, shown.offsetByCodePoints(0, Comparison.SHOWN)) + "…"
                : shown;
    }

    private static String joined(List<String> values) {
        List<String> distinct = values.stream().distinct().limit(MOST + 1).toList();
        return distinct.size() > MOST
                ? String.join(", ", distinct.subList(0, MOST)) + ", …"
                : String.join(", ", distinct);
    }
}
