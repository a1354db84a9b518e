package io.github.falcogateway.filter;

import io.github.falcogateway.event.FieldValue;
import io.github.falcogateway.event.Priority;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** Makes a parsed condition ready to be asked, and refuses what cannot be meant. */
final class Compiler {

    private Compiler() {}

    /** A condition without macros as a test. */
    static Test compile(Node node) {
        if (node instanceof Node.And and) {
            return new Test.AllOf(and.parts().stream().map(Compiler::compile).toList(), and.text());
        }
        if (node instanceof Node.Or or) {
            return new Test.AnyOf(or.parts().stream().map(Compiler::compile).toList(), or.text());
        }
        if (node instanceof Node.Not not) {
            return new Test.Negation(compile(not.part()), not.text());
        }
        if (node instanceof Node.Check check) {
            return new Test.Comparison(Transforms.reader(check.left()), matcher(check), check.text());
        }
        throw new IllegalArgumentException("macros are put in before");
    }

    private static Matcher matcher(Node.Check check) {
        Operator operator = check.operator();
        Operand right = check.right();
        String field = check.left() instanceof Operand.Field left ? left.name() : "";
        refuseNonsense(check, field);
        if (right == null) {
            return (value, event) -> Matchers.exists(value);
        }
        if (right instanceof Operand.ListName list) {
            throw new FilterException(list.at(), "list " + list.name() + " is not defined");
        }
        if (right instanceof Operand.Transform computed) {
            return computed(operator, Transforms.reader(computed));
        }
        if (right instanceof Operand.Items items) {
            List<Operand.Literal> literals = items.items().stream()
                    .map(item -> Priorities.spelled(field, (Operand.Literal) item))
                    .toList();
            return check.modifier().isEmpty()
                    ? Matchers.several(
                            operator,
                            literals.stream().map(Operand.Literal::text).toList())
                    : modified(check, literals);
        }
        Operand.Literal literal = Priorities.spelled(field, (Operand.Literal) right);
        if (Priorities.isPriority(field) && operator.kind() == Operator.Kind.ORDER) {
            return Priorities.order(operator, literal);
        }
        return Matcher.of(Matchers.one(operator, literal));
    }

    private static void refuseNonsense(Node.Check check, String field) {
        Operator operator = check.operator();
        if (operator.kind() == Operator.Kind.ORDER && Fields.isText(field)) {
            throw new FilterException(
                    check.left().at(), field + " is a text: " + operator.token() + " compares numbers and priorities");
        }
        boolean tags = Fields.ownName(field).equals("tags");
        if (tags && (operator.kind() == Operator.Kind.EQUALITY || operator.kind() == Operator.Kind.ORDER)) {
            throw new FilterException(
                    check.left().at(), "tags is a list: write tags intersects (a, b), or in for all of them");
        }
    }

    private static Matcher modified(Node.Check check, List<Operand.Literal> literals) {
        List<Predicate<FieldValue>> tests = literals.stream()
                .map(literal -> Matchers.one(check.operator(), literal))
                .toList();
        IntPredicate enough = switch (check.modifier()) {
            case "oneof" -> count -> count == 1;
            case "anyof" -> count -> count > 0;
            default -> count -> count == tests.size();
        };
        return (value, event) -> {
            int count = 0;
            for (Predicate<FieldValue> test : tests) {
                if (Matcher.any(value, test)) {
                    count++;
                }
            }
            return enough.test(count);
        };
    }

    /** The right side is known only with the event: the question is made anew each time. */
    private static Matcher computed(Operator operator, Fields.Reader right) {
        return (value, event) -> {
            FieldValue other = right.read(event);
            if (other == null) {
                return false;
            }
            if (operator.kind() == Operator.Kind.LIST) {
                List<String> texts = other instanceof FieldValue.Array array
                        ? array.items().stream().map(FieldValue::text).toList()
                        : Arrays.asList(other.text());
                return Matchers.several(operator, texts).matches(value, event);
            }
            if (operator.kind() == Operator.Kind.ORDER) {
                BigDecimal left = Numbers.parse(value.text());
                BigDecimal bound = Numbers.parse(other.text());
                return left != null && bound != null && Matchers.sign(operator).test(left.compareTo(bound));
            }
            try {
                return Matcher.any(value, Matchers.one(operator, new Operand.Literal(other.text(), 0)));
            } catch (FilterException notAPattern) {
                // What the event holds is no pattern: the check is false, as for any value that does not fit.
                return false;
            }
        };
    }

    /** The values of priority are few and known. */
    static final class Priorities {

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
                            Suggestions.nearest(literal.text(), NAMES)));
        }

        static Matcher order(Operator operator, Operand.Literal bound) {
            int severity = severity(bound.text());
            IntPredicate sign = Matchers.sign(operator);
            // Worse is greater: Emergency is severity 0.
            return Matcher.of(value -> sign.test(Integer.compare(severity, severity(value.text()))));
        }

        static int severity(String label) {
            return Priority.parse(label).orElse(Priority.DEBUG).severity();
        }
    }
}
