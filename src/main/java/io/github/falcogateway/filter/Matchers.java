package io.github.falcogateway.filter;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.github.falcogateway.event.FieldValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
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
            case REGEX -> regex(right);
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
        BigDecimal bound = Numbers.parse(right.text());
        if (bound == null) {
            throw new FilterException(right.at(), "only priority is compared with a priority; expected a number");
        }
        IntPredicate sign = sign(operator);
        return value -> {
            BigDecimal number = Numbers.parse(value.text());
            return number != null && sign.test(number.compareTo(bound));
        };
    }

    private static Predicate<FieldValue> ignoringCase(String text) {
        String folded = text.toLowerCase(Locale.ROOT);
        return value -> value.text().toLowerCase(Locale.ROOT).contains(folded);
    }

    private static Predicate<FieldValue> glob(Glob glob) {
        return value -> glob.matches(value.text());
    }

    private static Predicate<FieldValue> regex(Operand.Literal right) {
        try {
            Pattern pattern = Pattern.compile(right.text());
            return value -> pattern.matches(value.text());
        } catch (PatternSyntaxException bad) {
            throw new FilterException(right.at(), "no regular expression (RE2 syntax): " + bad.getDescription());
        }
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
        return operator == Operator.IN ? (value, event) -> membership.all(value) : Matcher.of(membership);
    }
}
