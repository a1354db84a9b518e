package io.github.falcogateway.filter;

import io.github.falcogateway.event.FieldValue;
import java.math.BigDecimal;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** Makes parsed conditions ready to be asked, each check once. Confined to one compilation. */
final class Compiler {

    private final Slots slots;
    private final Transforms transforms;
    private final Map<Node.Check, Test.Comparison> ready = new IdentityHashMap<>();

    Compiler(Slots slots) {
        this.slots = slots;
        transforms = new Transforms(slots);
    }

    /** A condition without macros as a test. */
    Test compile(Node node) {
        if (node instanceof Node.And and) {
            return new Test.AllOf(and.parts().stream().map(this::compile).toList(), and.text());
        }
        if (node instanceof Node.Or or) {
            return new Test.AnyOf(or.parts().stream().map(this::compile).toList(), or.text());
        }
        if (node instanceof Node.Not not) {
            return new Test.Negation(compile(not.part()), not.text());
        }
        if (node instanceof Node.Check check) {
            return comparison(check);
        }
        throw new IllegalArgumentException("macros are put in before");
    }

    /**
     * One check.
     *
     * @throws FilterException where it cannot be meant
     */
    Test.Comparison comparison(Node.Check check) {
        Test.Comparison made = ready.get(check);
        if (made == null) {
            Types.check(check);
            int slot = check.left() instanceof Operand.Field field ? slots.of(field.name()) : -1;
            made = new Test.Comparison(slot, transforms.reader(check.left()), matcher(check), check.text());
            ready.put(check, made);
        }
        return made;
    }

    private Matcher matcher(Node.Check check) {
        Operator operator = check.operator();
        Operand right = check.right();
        String field = check.left() instanceof Operand.Field left ? left.name() : "";
        if (right == null) {
            return (value, subject) -> Matchers.exists(value);
        }
        if (right instanceof Operand.ListName list) {
            throw new FilterException(list.at(), "list " + list.name() + " is not defined");
        }
        if (right instanceof Operand.Transform computed) {
            return computed(operator, transforms.reader(computed));
        }
        if (right instanceof Operand.Items items) {
            List<Operand.Literal> literals = items.items().stream()
                    .map(item -> spelled(operator, field, (Operand.Literal) item))
                    .toList();
            return check.modifier().isEmpty()
                    ? Matchers.several(
                            operator,
                            literals.stream().map(Operand.Literal::text).toList())
                    : modified(check, literals);
        }
        Operand.Literal literal = spelled(operator, field, (Operand.Literal) right);
        if (Priorities.isPriority(field) && operator.kind() == Operator.Kind.ORDER) {
            return Priorities.order(operator, literal);
        }
        return Matcher.of(Matchers.one(operator, literal));
    }

    /** A part of a text may be anything; the whole of it is one of the names there are. */
    static Operand.Literal spelled(Operator operator, String field, Operand.Literal literal) {
        return operator.kind() == Operator.Kind.WORD ? literal : Priorities.spelled(field, literal);
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
        return (value, subject) -> {
            int count = 0;
            for (int i = 0; i < tests.size(); i++) {
                if (Matcher.any(value, tests.get(i))) {
                    count++;
                }
            }
            return enough.test(count);
        };
    }

    /** The right side is known only with the event: the question is made anew each time. */
    private static Matcher computed(Operator operator, Reader right) {
        return (value, subject) -> {
            FieldValue other = right.read(subject);
            if (other == null) {
                return false;
            }
            if (operator.kind() == Operator.Kind.LIST) {
                List<String> texts = other instanceof FieldValue.Array array
                        ? array.items().stream().map(FieldValue::text).toList()
                        : List.of(other.text());
                return Matchers.several(operator, texts).matches(value, subject);
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
}
