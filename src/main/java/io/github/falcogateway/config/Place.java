package io.github.falcogateway.config;

import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Where in its file a character of a text stands. YAML folds and indents, but takes no character away that is not
 * blank: counting those leads to the place. Immutable.
 *
 * @param line from 0
 * @param column from 0
 */
record Place(int line, int column) {

    /** The place of an offset in a scalar's value. */
    static Place of(String[] lines, ScalarNode scalar, int offset) {
        Mark start = scalar.getStartMark().orElse(null);
        if (start == null) {
            return new Place(0, 0);
        }
        Place first = new Place(start.getLine(), start.getColumn());
        String value = scalar.getValue();
        int visible = 0;
        for (int i = 0; i < Math.min(offset, value.length()); i++) {
            visible += Character.isWhitespace(value.charAt(i)) ? 0 : 1;
        }
        return walk(lines, scalar, first, visible);
    }

    private static Place walk(String[] lines, ScalarNode scalar, Place start, int visible) {
        boolean block = scalar.getScalarStyle() == ScalarStyle.FOLDED || scalar.getScalarStyle() == ScalarStyle.LITERAL;
        int line = block ? start.line() + 1 : start.line();
        int column = block ? 0 : start.column() + (scalar.isPlain() ? 0 : 1);
        int left = visible;
        for (; line < lines.length; line++, column = 0) {
            for (; column < lines[line].length(); column++) {
                if (Character.isWhitespace(lines[line].charAt(column))) {
                    continue;
                }
                if (left-- == 0) {
                    return new Place(line, column);
                }
            }
            if (left == 0 && !block) {
                return new Place(line, column);
            }
        }
        return start;
    }
}
