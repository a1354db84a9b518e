package io.github.falcogateway.filter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition as parsed. Immutable. */
sealed interface Node {

    /** All of them. */
    record And(List<Node> parts, String text) implements Node {}

    /** Any of them. */
    record Or(List<Node> parts, String text) implements Node {}

    /** The opposite. */
    record Not(Node part, String text) implements Node {}

    /** A name for a condition. */
    record Macro(String name, int at) implements Node {
        @Override
        public String text() {
            return name;
        }
    }

    /**
     * One comparison.
     *
     * @param modifier {@code oneof}, {@code anyof}, {@code allof}; empty without
     * @param right null for {@code exists}
     */
    record Check(
            Operand left,
            Operator operator,
            String modifier,
            @Nullable Operand right,
            String text) implements Node {}

    /** The part of the condition it was read from. */
    String text();
}
