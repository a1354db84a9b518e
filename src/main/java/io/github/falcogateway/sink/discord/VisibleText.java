package io.github.falcogateway.sink.discord;

/**
 * Takes out of a text what a reader cannot see and what would mislead: controls, bidirectional overrides, zero-width
 * characters, lone surrogates, blank letters, towers of combining marks, walls of empty lines. Immutable.
 */
final class VisibleText {

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int MOST_MARKS = 6;
    private static final int MOST_LINE_ENDS = 2;
    private static final int DROPPED = -1;
    /** Letters that are drawn as nothing: Hangul fillers and the empty Braille pattern. */
    private static final String BLANK_LETTERS = "\u115f\u1160\u3164\uffa0\u2800";

    private final StringBuilder kept = new StringBuilder();
    private int count;
    private int marks;
    private int lineEnds;

    private VisibleText() {}

    /** The visible part of {@code raw}, trimmed; reading ends at {@code most} code points, however long the rest is. */
    static String of(String raw, int most) {
        VisibleText text = new VisibleText();
        int i = 0;
        while (i < raw.length() && text.count < most) {
            int point = raw.codePointAt(i);
            i += Character.charCount(point);
            boolean lineFeedFollows = point == '\r' && i < raw.length() && raw.charAt(i) == '\n';
            text.take(lineFeedFollows ? DROPPED : shown(point));
        }
        return i < raw.length() ? text.kept.toString() : trimEnd(text.kept);
    }

    /** Whether nothing is drawn for it; wider than {@link Character#isWhitespace}, which leaves out no-break spaces. */
    static boolean isSpace(int point) {
        return Character.isWhitespace(point) || Character.isSpaceChar(point);
    }

    /** Whether a code point only changes the one before it. */
    static boolean isMark(int point) {
        int type = Character.getType(point);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    /** The text without the spaces at its end. */
    static String trimEnd(CharSequence text) {
        int end = text.length();
        while (end > 0 && isSpace(Character.codePointBefore(text, end))) {
            end -= Character.charCount(Character.codePointBefore(text, end));
        }
        return text.subSequence(0, end).toString();
    }

    private void take(int point) {
        if (point == DROPPED || (count == 0 && isSpace(point))) {
            return;
        }
        marks = isMark(point) ? marks + 1 : 0;
        lineEnds = point == '\n' ? lineEnds + 1 : 0;
        if (marks > MOST_MARKS || lineEnds > MOST_LINE_ENDS) {
            return;
        }
        kept.appendCodePoint(point);
        count++;
    }

    private static int shown(int point) {
        if (point == '\n' || point == '\r' || point == 0x2028 || point == 0x2029) {
            return '\n';
        }
        if (point == '\t' || BLANK_LETTERS.indexOf(point) >= 0) {
            return ' ';
        }
        boolean noncharacter = (point & 0xFFFE) == 0xFFFE || (point >= 0xFDD0 && point <= 0xFDEF);
        return noncharacter || isInvisible(point) ? DROPPED : point;
    }

    private static boolean isInvisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.SURROGATE -> true;
            // Joiners shape emoji and several scripts; every other format character only hides something.
            case Character.FORMAT -> point != ZERO_WIDTH_JOINER && point != ZERO_WIDTH_NON_JOINER;
            default -> false;
        };
    }
}
