package io.github.falcogateway.filter;

import java.util.List;

/** A condition as logic sees it: macros put in, negations at the checks alone. Immutable. */
sealed interface Formula {

    /** All of them. */
    record All(List<Formula> parts) implements Formula {}

    /** Any of them. */
    record Any(List<Formula> parts) implements Formula {}

    /**
     * One check, or that it is false.
     *
     * @param words the check as written, blanks made alike
     */
    record Leaf(Node.Check check, Test.Comparison test, boolean negated, String words) implements Formula {

        /** The field it asks about; empty where that is computed. */
        String field() {
            return check.left() instanceof Operand.Field field ? canonical(field.name()) : "";
        }

        /** What stands on its right; nothing where that is computed. */
        List<Operand> asked() {
            Operand right = check.right();
            return right instanceof Operand.Items items ? items.items() : right == null ? List.of() : List.of(right);
        }

        private static String canonical(String field) {
            String own = Fields.ownName(field);
            return own.isEmpty() ? field : own;
        }
    }

    static Formula of(Node node, Compiler compiler) {
        return of(node, false, compiler);
    }

    private static Formula of(Node node, boolean negated, Compiler compiler) {
        if (node instanceof Node.Not not) {
            return of(not.part(), !negated, compiler);
        }
        if (node instanceof Node.And and) {
            return several(and.parts(), !negated, negated, compiler);
        }
        if (node instanceof Node.Or or) {
            return several(or.parts(), negated, negated, compiler);
        }
        Node.Check check = (Node.Check) node;
        return new Leaf(check, compiler.comparison(check), negated, words(check.text()));
    }

    private static Formula several(List<Node> nodes, boolean all, boolean negated, Compiler compiler) {
        List<Formula> parts =
                nodes.stream().map(node -> of(node, negated, compiler)).toList();
        return all ? new All(parts) : new Any(parts);
    }

    private static String words(String text) {
        StringBuilder words = new StringBuilder(text.length());
        boolean blank = false;
        for (int i = 0; i < text.length(); i++) {
            boolean space = Character.isWhitespace(text.charAt(i));
            if (!space) {
                words.append(text.charAt(i));
            } else if (!blank) {
                words.append(' ');
            }
            blank = space;
        }
        return words.toString();
    }
}
