package io.github.falcogateway.filter;

import io.github.falcogateway.event.FieldValue;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** Makes the question out of an operator and a text on its right. */
final class Matchers {

    private Matchers() {}

    /** The question of an operator that takes one text. */
    static Predicate<FieldValue> one(Operator operator, Operand.Literal right) {
        String text = right.text();
        return switch (operator) {
            case EQ, EQ_SHORT -> new Equality(text);
            case NE -> new Equality(text).negate();
            case CONTAINS -> value -> value.text().contains(text);
            case ICONTAINS -> ignoringCase(text);
            case STARTSWITH -> value -> value.text().startsWith(text);
            case ENDSWITH -> value -> value.text().endsWith(text);
            case BCONTAINS, BSTARTSWITH -> bytes(operator, right);
            case GLOB, IGLOB -> glob(new Glob(text, operator == Operator.IGLOB));
            case REGEX -> regex(Regex.of(right));
            default -> order(operator, right);
        };
    }

    static boolean exists(FieldValue value) {
        if (value instanceof FieldValue.Array array) {
            return !array.items().isEmpty();
        }
        // How Falco spells some missing values.
        return !value.text().equals("<NA>");
    }

    /** The order that an operator asks for, of a comparison's sign. */
    static IntPredicate sign(Operator operator) {
        return switch (operator) {
            case LT -> sign -> sign < 0;
            case LE -> sign -> sign <= 0;
            case GT -> sign -> sign > 0;
            default -> sign -> sign >= 0;
        };
    }

    private static Predicate<FieldValue> order(Operator operator, Operand.Literal right) {
        Bound bound = Bound.of(right.text());
        if (bound == null) {
            throw new FilterException(right.at(), "only priority is compared with a priority; expected a number");
        }
        IntPredicate sign = sign(operator);
        return value -> {
            int compared = bound.compare(value.text());
            return compared != Bound.NONE && sign.test(compared);
        };
    }

    private static Predicate<FieldValue> ignoringCase(String text) {
        String folded = Ascii.lower(text);
        return value -> Ascii.contains(value.text(), folded);
    }

    private static Predicate<FieldValue> glob(Glob glob) {
        return value -> glob.matches(value.text());
    }

    private static Predicate<FieldValue> regex(Regex regex) {
        return value -> regex.matches(value.text());
    }

    private static Predicate<FieldValue> bytes(Operator operator, Operand.Literal right) {
        byte[] wanted;
        try {
            wanted = HexFormat.of().parseHex(right.text());
        } catch (IllegalArgumentException bad) {
            throw new FilterException(right.at(), operator.token() + " takes hexadecimal digits, two for a byte");
        }
        // One byte is one character in ISO 8859-1, so that text search serves for bytes.
        String needle = new String(wanted, StandardCharsets.ISO_8859_1);
        boolean start = operator == Operator.BSTARTSWITH;
        return value -> {
            String hay = new String(value.text().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            return start ? hay.startsWith(needle) : hay.contains(needle);
        };
    }

    /** The question of an operator that takes several texts. */
    static Matcher several(Operator operator, List<String> texts) {
        if (operator == Operator.PMATCH) {
            PathPrefix prefixes = new PathPrefix(texts);
            return Matcher.of(value -> prefixes.matches(value.text()));
        }
        Membership membership = new Membership(texts);
        return operator == Operator.IN ? (value, subject) -> membership.all(value) : Matcher.of(membership);
    }
}
