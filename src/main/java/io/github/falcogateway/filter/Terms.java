package io.github.falcogateway.filter;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a condition demands at the least, as far as its words show: the priorities it leaves, the texts it asks for,
 * and its other parts as written. Enough to find what can never match and what comes too late. Immutable once made.
 */
final class Terms {

    private static final int ALL = 0xFF;

    private final Set<String> others = new HashSet<>();
    private final Map<String, String> equal = new HashMap<>();
    private int severities = ALL;
    private String why = "";

    private Terms() {}

    static Terms of(Node node) {
        Terms terms = new Terms();
        terms.add(node);
        return terms;
    }

    boolean never() {
        return !why.isEmpty();
    }

    String why() {
        return why;
    }

    /** Whether this demands no more than the other does. */
    boolean covers(Terms other) {
        return (other.severities & ~severities) == 0 && other.others.containsAll(others);
    }

    private void add(Node node) {
        if (node instanceof Node.And and) {
            and.parts().forEach(this::add);
            return;
        }
        if (node instanceof Node.Check check && check.modifier().isEmpty()) {
            int left = severities(check);
            if (left >= 0) {
                severities &= left;
                if (severities == 0) {
                    why = "no priority fits all of its bounds";
                }
                return;
            }
            equality(check);
        }
        others.add(node.text().replaceAll("\\s+", " "));
    }

    private void equality(Node.Check check) {
        boolean equality = check.operator() == Operator.EQ || check.operator() == Operator.EQ_SHORT;
        if (!equality
                || !(check.left() instanceof Operand.Field field)
                || !(check.right() instanceof Operand.Literal value)) {
            return;
        }
        String text = Compiler.Priorities.spelled(field.name(), value).text();
        String before = equal.putIfAbsent(field.name(), text);
        boolean differs = before != null && !before.equals(text);
        if (differs && !new Equality(before).byValue() && Fields.isText(field.name())) {
            why = field.name() + " cannot be both " + before + " and " + text;
        }
    }

    /** The severities a check on priority or severity leaves, a bit each; -1 for any other check. */
    private static int severities(Node.Check check) {
        String field = check.left() instanceof Operand.Field left ? Fields.ownName(left.name()) : "";
        boolean priority = field.equals("priority");
        if (!priority && !field.equals("severity") || !(check.right() instanceof Operand.Literal literal)) {
            return -1;
        }
        int sign = priority ? -1 : 1;
        Integer bound = bound(priority, literal.text());
        if (bound == null) {
            return -1;
        }
        int mask = 0;
        for (int severity = 0; severity < 8; severity++) {
            if (holds(check.operator(), sign * Integer.compare(severity, bound))) {
                mask |= 1 << severity;
            }
        }
        boolean known = check.operator().kind() == Operator.Kind.ORDER
                || check.operator().kind() == Operator.Kind.EQUALITY;
        return known ? mask : -1;
    }

    private static @Nullable Integer bound(boolean priority, String text) {
        if (priority) {
            return Compiler.Priorities.severity(text);
        }
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException other) {
            return null;
        }
    }

    private static boolean holds(Operator operator, int sign) {
        return switch (operator) {
            case EQ, EQ_SHORT -> sign == 0;
            case NE -> sign != 0;
            default -> Matchers.sign(operator).test(sign);
        };
    }
}
