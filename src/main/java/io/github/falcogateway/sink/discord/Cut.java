package io.github.falcogateway.sink.discord;

/**
 * A text built of tokens up to a limit of code points, shortened between graphemes and never within a token, so that no
 * escape is left dangling. Confined to one call.
 */
final class Cut {

    private static final int ZERO_WIDTH_JOINER = 0x200D;
    /** A longer chain of joined characters is cut within, or it could push all other text out. */
    private static final int LONGEST_GRAPHEME = 64;

    private final StringBuilder text = new StringBuilder();
    private final int limit;
    private int count;
    private int tokenEnd;
    private int graphemeEnd;

    Cut(int limit) {
        this.limit = limit;
    }

    /** Adds a token; false when it no longer fits. */
    boolean add(String token, boolean joined) {
        if (count < limit) {
            tokenEnd = text.length();
            graphemeEnd = joined ? graphemeEnd : tokenEnd;
        }
        int size = token.codePointCount(0, token.length());
        if (count + size > limit) {
            return false;
        }
        text.append(token);
        count += size;
        return true;
    }

    /** What was added. */
    String whole() {
        return VisibleText.trimEnd(text);
    }

    /** What was added, short enough for one more code point that says so. */
    String shortened(String ending) {
        int end = tokenEnd - graphemeEnd > LONGEST_GRAPHEME ? tokenEnd : graphemeEnd;
        return VisibleText.trimEnd(text.subSequence(0, end)) + ending;
    }

    /** Whether {@code point} belongs to the same drawn character as the one before. */
    static boolean joins(int before, int point) {
        return before == ZERO_WIDTH_JOINER
                || point == ZERO_WIDTH_JOINER
                || VisibleText.isMark(point)
                || (point >= 0x1F3FB && point <= 0x1F3FF)
                || (isRegionalIndicator(before) && isRegionalIndicator(point));
    }

    private static boolean isRegionalIndicator(int point) {
        return point >= 0x1F1E6 && point <= 0x1F1FF;
    }
}
