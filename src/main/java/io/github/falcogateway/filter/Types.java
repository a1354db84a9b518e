package io.github.falcogateway.filter;

import io.github.falcogateway.event.Network;
import java.util.List;

/**
 * Refuses checks that cannot be meant: a field that is none, an operator or a value that does not fit the field. Which
 * operator takes which field is Falco's, but for an ordering of texts, which is never meant here.
 */
final class Types {

    private Types() {}

    static void check(Node.Check check) {
        spelling(check.left());
        Operand right = check.right();
        if (right != null) {
            spelling(right);
        }
        Kind kind = Transforms.kind(check.left());
        String name = check.left() instanceof Operand.Field field ? field.name() : "this";
        operator(check, kind, name);
        if (right instanceof Operand.Items items) {
            items.items().forEach(item -> value(check, kind, name, item));
        } else if (right != null) {
            value(check, kind, name, right);
        }
    }

    /** A field with a name that no event will have. */
    private static void spelling(Operand operand) {
        if (operand instanceof Operand.Field field) {
            String meant = FieldTable.meant(field.name());
            if (!meant.isEmpty()) {
                throw new FilterException(field.at(), "unknown field " + field.name(), meant);
            }
        } else if (operand instanceof Operand.Transform transform) {
            transform.arguments().forEach(Types::spelling);
        } else if (operand instanceof Operand.Items items) {
            items.items().forEach(Types::spelling);
        }
    }

    private static void operator(Node.Check check, Kind kind, String name) {
        Operator operator = check.operator();
        int at = check.left().at();
        switch (operator.kind()) {
            case ORDER -> {
                if (kind != Kind.NUMBER && kind != Kind.PRIORITY && kind != Kind.ANY) {
                    throw new FilterException(
                            at,
                            name + " is " + kind.words() + ": " + operator.token()
                                    + " compares numbers and priorities");
                }
            }
            case EQUALITY -> {
                if (name.equals("tags") || name.equals("falco.tags")) {
                    throw new FilterException(
                            at, "tags is a list: write tags intersects (a, b), or in for all of them");
                }
            }
            case WORD -> texts(operator, kind, name, at);
            case LIST -> {
                if (operator == Operator.PMATCH) {
                    texts(operator, kind, name, at);
                }
            }
            case UNARY -> {
                // Anything may exist.
            }
        }
    }

    private static void texts(Operator operator, Kind kind, String name, int at) {
        if (kind == Kind.NUMBER || kind == Kind.BOOL || kind == Kind.ADDRESS) {
            throw new FilterException(at, name + " is " + kind.words() + ": " + operator.token() + " compares texts");
        }
    }

    private static void value(Node.Check check, Kind kind, String name, Operand right) {
        if (right instanceof Operand.Transform computed) {
            computed(check, kind, name, computed);
            return;
        }
        if (!(right instanceof Operand.Literal literal) || check.operator().kind() == Operator.Kind.ORDER) {
            return;
        }
        String text = literal.text();
        boolean fits = switch (kind) {
            case NUMBER -> Bound.of(text) != null;
            case BOOL -> List.of("true", "false", "1", "0").contains(text);
            case ADDRESS -> Network.parse(text) != null;
            default -> true;
        };
        if (!fits) {
            String hint = Fields.ownName(name).equals("severity") ? "; for names write priority" : "";
            throw new FilterException(literal.at(), name + " is " + kind.words() + ", not " + quoted(text) + hint);
        }
    }

    private static void computed(Node.Check check, Kind kind, String name, Operand.Transform right) {
        Kind other = Transforms.kind(right);
        boolean order = check.operator().kind() == Operator.Kind.ORDER;
        if (order && (kind == Kind.PRIORITY || other == Kind.PRIORITY)) {
            throw new FilterException(right.at(), "a priority is ordered by a name such as Warning alone");
        }
        boolean known = definite(kind) && definite(other) && check.operator().kind() != Operator.Kind.WORD;
        if (known && kind != other || order && definite(other) && other != Kind.NUMBER) {
            throw new FilterException(
                    right.at(), name + " is " + kind.words() + ", what it is compared with " + other.words());
        }
    }

    private static boolean definite(Kind kind) {
        return kind == Kind.TEXT || kind == Kind.NUMBER || kind == Kind.BOOL || kind == Kind.ADDRESS;
    }

    private static String quoted(String text) {
        return text.length() > 40 ? "\"" + text.substring(0, 40) + "…\"" : "\"" + text + "\"";
    }
}
