package io.github.falcogateway.filter;

import io.github.falcogateway.event.Priority;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/** The values of priority are few and known. */
final class Priorities {

    private static final List<String> NAMES =
            Arrays.stream(Priority.values()).map(Priority::label).toList();

    private Priorities() {}

    static boolean isPriority(String field) {
        return Fields.ownName(field).equals("priority");
    }

    /** The text as events spell it, for a field whose values are known. */
    static Operand.Literal spelled(String field, Operand.Literal literal) {
        if (Fields.ownName(field).equals("source") && literal.text().equals("syscalls")) {
            return new Operand.Literal("syscall", literal.at());
        }
        if (!isPriority(field)) {
            return literal;
        }
        return Priority.parse(literal.text())
                .map(priority -> new Operand.Literal(priority.label(), literal.at()))
                .orElseThrow(() -> new FilterException(
                        literal.at(),
                        Numbers.parse(literal.text()) == null
                                ? literal.text() + " is no priority: " + String.join(", ", NAMES)
                                : "priority is compared with a name; for numbers write severity",
                        nearest(literal.text())));
    }

    /** The priority that was probably meant; empty where none is near. */
    static String nearest(String wrong) {
        if (wrong.isEmpty()) {
            return "";
        }
        // Conditions take a priority in any case.
        String spelled = wrong.substring(0, 1).toUpperCase(Locale.ROOT)
                + wrong.substring(1).toLowerCase(Locale.ROOT);
        return Suggestions.nearest(spelled, NAMES);
    }

    static Matcher order(Operator operator, Operand.Literal bound) {
        int severity = severity(bound.text());
        IntPredicate sign = Matchers.sign(operator);
        // Worse is greater: Emergency is severity 0.
        return Matcher.of(value -> sign.test(Integer.compare(severity, severity(value.text()))));
    }

    private static int severity(String label) {
        int severity = NAMES.indexOf(label);
        return severity >= 0
                ? severity
                : Priority.parse(label).orElse(Priority.DEBUG).severity();
    }
}
