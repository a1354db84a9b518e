package io.github.falcogateway.filter;

import io.github.falcogateway.event.Priority;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the sides of a check. Confined to one call. */
final class OperandParser {

    private static final List<String> TRANSFORMERS =
            List.of("tolower", "toupper", "b64", "basename", "len", "join", "concat", "getopt");
    private static final int MAX_DEPTH = 100;

    private final Scanner in;
    private int depth;

    OperandParser(Scanner in) {
        this.in = in;
    }

    /** A dotted field or a transformer; null, nothing read, where there is none. */
    @Nullable
    Operand fieldOrTransformer() {
        Operand transformer = transformer();
        return transformer != null ? transformer : field(false);
    }

    /** What stands on the right of a binary operator. */
    Operand right(Operator operator) {
        int at = in.at();
        Operand computed = computed();
        if (computed != null) {
            return computed;
        }
        return switch (operator.kind()) {
            case ORDER -> number(at);
            case LIST -> list();
            default -> string("a value");
        };
    }

    /** A list in parentheses, or the name of one. */
    Operand list() {
        int at = in.at();
        if (!in.peek('(')) {
            String name = in.identifier();
            if (name == null) {
                throw expected("a list such as (a, b)");
            }
            return new Operand.ListName(name, at);
        }
        return items(at, () -> string("a list item"));
    }

    private Operand number(int at) {
        String number = in.number();
        if (number != null) {
            return new Operand.Literal(number, at);
        }
        String name = in.identifier();
        if (name != null && Priority.parse(name).isPresent()) {
            return new Operand.Literal(name, at);
        }
        in.back(at);
        FilterException wrong = expected("a number or a priority");
        throw name == null
                ? wrong
                : new FilterException(at, String.valueOf(wrong.getMessage()), Priorities.nearest(name));
    }

    private Operand string(String what) {
        int at = in.at();
        String text = in.quoted();
        if (text == null) {
            text = in.bareString();
        }
        if (text == null) {
            throw expected(what);
        }
        return new Operand.Literal(text, at);
    }

    /** {@code val(field)} or a transformer; null, nothing read, where there is none. */
    private @Nullable Operand computed() {
        int at = in.at();
        if (!in.take("val(")) {
            return transformer();
        }
        in.blank();
        Operand field = field(true);
        if (field == null) {
            throw expected("a field");
        }
        close();
        return new Operand.Transform("val", List.of(field), bracketed(), at);
    }

    private @Nullable Operand transformer() {
        int at = in.at();
        for (String function : TRANSFORMERS) {
            if (!in.take(function) || !in.take("(")) {
                in.back(at);
                continue;
            }
            if (++depth > MAX_DEPTH) {
                throw new FilterException(at, "nested deeper than " + MAX_DEPTH + " levels");
            }
            List<Operand> arguments = new ArrayList<>();
            do {
                in.blank();
                arguments.add(argument(true));
                in.blank();
            } while (in.take(","));
            close();
            depth--;
            return new Operand.Transform(function, List.copyOf(arguments), bracketed(), at);
        }
        return null;
    }

    private Operand argument(boolean listAllowed) {
        int at = in.at();
        if (listAllowed && in.peek('(')) {
            return items(at, () -> argument(false));
        }
        Operand inner = fieldOrTransformer();
        if (inner == null) {
            inner = field(true);
        }
        if (inner != null) {
            return inner;
        }
        String text = in.quoted();
        if (text == null) {
            text = in.number();
        }
        if (text == null) {
            throw expected("a field, a transformer, a quoted text or a number");
        }
        return new Operand.Literal(text, at);
    }

    private Operand items(int at, java.util.function.Supplier<Operand> item) {
        in.take("(");
        List<Operand> items = new ArrayList<>();
        in.blank();
        if (in.take(")")) {
            return new Operand.Items(List.of(), at);
        }
        do {
            in.blank();
            items.add(item.get());
            in.blank();
        } while (in.take(","));
        close();
        return new Operand.Items(List.copyOf(items), at);
    }

    private @Nullable Operand field(boolean bareToo) {
        int at = in.at();
        String name = in.dottedName();
        if (name == null && bareToo) {
            String bare = in.identifier();
            if (bare != null && Fields.isBare(bare)) {
                return new Operand.Field(bare, at);
            }
            in.back(at);
        }
        if (name == null) {
            return null;
        }
        String argument = bracketed();
        return new Operand.Field(argument.isEmpty() ? name : name + "[" + argument + "]", at);
    }

    /** The argument in brackets right after a field; empty without. */
    private String bracketed() {
        if (!in.take("[")) {
            return "";
        }
        String argument = in.quoted();
        if (argument == null) {
            argument = in.bareArgument();
        }
        if (argument == null) {
            throw expected("an argument between the brackets");
        }
        if (!in.take("]")) {
            throw expected("']'");
        }
        return argument;
    }

    private void close() {
        in.blank();
        if (!in.take(")")) {
            throw expected("')'");
        }
    }

    private FilterException expected(String what) {
        String found = in.atEnd() ? "the condition ends" : "found '" + in.rest(20) + "'";
        return new FilterException(in.at(), "expected " + what + ", " + found);
    }
}
