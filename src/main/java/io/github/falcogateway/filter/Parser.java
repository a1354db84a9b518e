package io.github.falcogateway.filter;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a condition as Falco's own parser does, with two additions: bare names of an event's own members are fields
 * where an operator follows, and a priority's name may follow an ordering operator. Confined to one call.
 *
 * @see <a href="https://github.com/falcosecurity/libs/blob/master/userspace/libsinsp/filter/parser.h">Falco libs</a>
 */
final class Parser {

    private static final int MAX_DEPTH = 100;

    private final Scanner in;
    private final OperandParser operands;
    private int depth;

    private Parser(String text) {
        in = new Scanner(text);
        operands = new OperandParser(in);
    }

    static Node parse(String text) {
        Parser parser = new Parser(text);
        parser.in.blank();
        if (parser.in.atEnd()) {
            throw new FilterException(0, "the condition is empty");
        }
        Node node = parser.or();
        parser.in.blank();
        if (!parser.in.atEnd()) {
            throw new FilterException(
                    parser.in.at(),
                    "expected 'and', 'or' or the end, found '" + parser.in.rest(20)
                            + "'; a text with blanks or signs needs quotes");
        }
        return node;
    }

    private Node or() {
        if (++depth > MAX_DEPTH) {
            throw new FilterException(in.at(), "nested deeper than " + MAX_DEPTH + " levels");
        }
        int from = in.at();
        List<Node> parts = new ArrayList<>();
        parts.add(and());
        in.blank();
        while (in.take("or")) {
            parts.add(in.blank() ? and() : group("or"));
            in.blank();
        }
        depth--;
        return parts.size() == 1
                ? parts.get(0)
                : new Node.Or(List.copyOf(parts), in.slice(from).strip());
    }

    private Node and() {
        int from = in.at();
        List<Node> parts = new ArrayList<>();
        parts.add(not());
        in.blank();
        while (in.take("and")) {
            parts.add(in.blank() ? not() : group("and"));
            in.blank();
        }
        return parts.size() == 1
                ? parts.get(0)
                : new Node.And(List.copyOf(parts), in.slice(from).strip());
    }

    private Node not() {
        int from = in.at();
        boolean negated = false;
        while (in.notAndSpace()) {
            negated = !negated;
        }
        if (in.take("not(")) {
            in.back(in.at() - 1);
            return negated(!negated, group("not"), from);
        }
        in.blank();
        return negated(negated, check(), from);
    }

    private Node negated(boolean negated, Node part, int from) {
        return negated ? new Node.Not(part, in.slice(from).strip()) : part;
    }

    private Node group(String after) {
        if (!in.take("(")) {
            throw new FilterException(in.at(), "expected a blank or '(' after '" + after + "'");
        }
        in.blank();
        Node inner = or();
        in.blank();
        if (!in.take(")")) {
            throw new FilterException(
                    in.at(), in.atEnd() ? "a ')' is missing" : "expected ')', found '" + in.rest(20) + "'");
        }
        return inner;
    }

    private Node check() {
        if (in.peek('(')) {
            return group("(");
        }
        int from = in.at();
        Operand left = operands.fieldOrTransformer();
        if (left != null) {
            return comparison(left, from);
        }
        String name = in.identifier();
        if (name == null) {
            throw new FilterException(
                    in.at(),
                    in.atEnd()
                            ? "the condition ends where a field or macro is expected"
                            : "expected a field or macro, found '" + in.rest(20) + "'");
        }
        int end = in.at();
        in.blank();
        Operator next = operator();
        in.back(end);
        if (next != null && Fields.isBare(name)) {
            return comparison(new Operand.Field(name, from), from);
        }
        if (next != null) {
            throw new FilterException(from, name + " is no field", Suggestions.nearest(name, Fields.names()));
        }
        return new Node.Macro(name, from);
    }

    private Node comparison(Operand left, int from) {
        in.blank();
        int place = in.at();
        Operator operator = operator();
        if (operator == null) {
            throw new FilterException(place, "expected an operator such as = or contains, found '" + in.rest(20) + "'");
        }
        if (operator.kind() == Operator.Kind.UNARY) {
            return new Node.Check(left, operator, "", null, in.slice(from));
        }
        boolean blank = in.blank();
        if (operator.kind() == Operator.Kind.WORD && !blank) {
            throw new FilterException(place, "expected a blank after '" + operator.token() + "'");
        }
        String modifier = blank && operator.kind() != Operator.Kind.ORDER ? modifier(operator) : "";
        Operand right = modifier.isEmpty() ? operands.right(operator) : operands.list();
        return new Node.Check(left, operator, modifier, right, in.slice(from));
    }

    private @Nullable Operator operator() {
        for (Operator operator : Operator.ALL) {
            if (in.take(operator.token())) {
                return operator;
            }
        }
        return null;
    }

    /** {@code oneof} and its like, where a list follows; without one it is a text like any other. */
    private String modifier(Operator operator) {
        if (operator.kind() == Operator.Kind.LIST) {
            return "";
        }
        int before = in.at();
        for (String modifier : List.of("oneof", "anyof", "allof")) {
            if (in.take(modifier) && in.blank() && (in.peek('(') || listNameFollows())) {
                return modifier;
            }
            in.back(before);
        }
        return "";
    }

    /** A name, but no keyword; as in Falco, {@code and_more} counts as one, since {@code _} ends it there. */
    private boolean listNameFollows() {
        int before = in.at();
        String name = in.identifier();
        in.back(before);
        return name != null && !name.matches("(and|or|not)(_.*)?");
    }
}
