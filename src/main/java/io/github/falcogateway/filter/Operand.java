package io.github.falcogateway.filter;

import java.util.List;

/** One side of a check, as parsed. Immutable. */
sealed interface Operand {

    /** A field by its full name, argument included, such as {@code proc.aname[2]}. */
    record Field(String name, int at) implements Operand {}

    /** A transformer and its arguments. */
    record Transform(String function, List<Operand> arguments, String argument, int at) implements Operand {}

    /** A text or a number. */
    record Literal(String text, int at) implements Operand {}

    /** Several in parentheses. */
    record Items(List<Operand> items, int at) implements Operand {}

    /** The name of a list that was not put in. */
    record ListName(String name, int at) implements Operand {}

    int at();
}
