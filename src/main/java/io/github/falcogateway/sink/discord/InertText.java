package io.github.falcogateway.sink.discord;

/**
 * Event text as Discord shows it: readable, and without effect whatever an attacker wrote into it. No mention, markdown,
 * link, invite or code fence of the text survives, and no result is empty or longer than its limit. Immutable.
 *
 * @see <a href="https://docs.discord.com/developers/reference#message-formatting">Discord: message formatting</a>
 */
final class InertText {

    /** What stands where there is nothing to show, as Discord refuses an empty field. */
    static final String DASH = "\u2014";

    private static final String ELLIPSIS = "\u2026";
    private static final String BREAK = "\u200b";
    private static final String MARKDOWN = "\\*_~|[]<`";
    private static final String FENCE_START = "```\n";
    private static final String FENCE_END = "\n```";
    /** How far tokens look ahead, so that a cut of the raw text hides nothing from them. */
    private static final int LOOK_AHEAD = 16;

    private InertText() {}

    /** One line for the author and the footer, which know no markdown: a backslash would be shown there. */
    static String plain(String raw, int limit) {
        return orDash(cut(VisibleText.of(raw, limit + LOOK_AHEAD).replace('\n', ' '), limit, false));
    }

    /** One line for a title. */
    static String line(String raw, int limit) {
        return orDash(cut(VisibleText.of(raw, limit + LOOK_AHEAD).replace('\n', ' '), limit, true));
    }

    /** Lines for a description or a field; empty stays empty. */
    static String lines(String raw, int limit) {
        return cut(VisibleText.of(raw, limit + LOOK_AHEAD), limit, true);
    }

    /** Lines for a field. */
    static String value(String raw, int limit) {
        return orDash(lines(raw, limit));
    }

    /** What is written for Discord already, cut. */
    static String cut(String text, int limit) {
        return cut(text.strip(), limit, false);
    }

    /** A code block that cannot be closed from inside. */
    static String fenced(String raw, int limit) {
        int room = limit - FENCE_START.length() - FENCE_END.length();
        String code = cut(VisibleText.of(raw, room + LOOK_AHEAD), room, false);
        return code.isEmpty() ? DASH : FENCE_START + code + FENCE_END;
    }

    private static String orDash(String text) {
        return text.isEmpty() ? DASH : text;
    }

    private static String cut(String text, int limit, boolean markdown) {
        Cut cut = new Cut(limit);
        int before = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (!cut.add(token(text, i, markdown), Cut.joins(before, point))) {
                return cut.shortened(ELLIPSIS);
            }
            before = point;
            i += Character.charCount(point);
        }
        return cut.whole();
    }

    private static String token(String text, int at, boolean markdown) {
        int point = text.codePointAt(at);
        String shown = Character.toString(point);
        String escaped = markdown && isMarkdown(text, at, point) ? "\\" + shown : shown;
        return isBroken(text, at, point) ? escaped + BREAK : escaped;
    }

    private static boolean isMarkdown(String text, int at, int point) {
        if (MARKDOWN.indexOf(point) >= 0) {
            return true;
        }
        return switch (point) {
            case '>', '#', '-', '+' -> isLineStart(text, at);
            case '.', ')' -> isAfterNumber(text, at);
            case ':' -> follows(text, at, "//");
            case '@' -> isBroken(text, at, point);
            default -> false;
        };
    }

    private static boolean isLineStart(String text, int at) {
        int i = at;
        while (i > 0 && text.charAt(i - 1) == ' ') {
            i--;
        }
        return i == 0 || text.charAt(i - 1) == '\n';
    }

    /** Such as {@code 1.}, which begins a list. */
    private static boolean isAfterNumber(String text, int at) {
        int i = at;
        while (i > 0 && Character.isDigit(text.charAt(i - 1))) {
            i--;
        }
        return i < at && isLineStart(text, i) && (at + 1 == text.length() || text.charAt(at + 1) <= ' ');
    }

    private static boolean isBroken(String text, int at, int point) {
        return switch (point) {
            case '@' -> follows(text, at, "everyone") || follows(text, at, "here");
            case '<' -> opensTag(text, at);
            case '`' -> follows(text, at, "`");
            case '.' -> follows(text, at, "gg/") || follows(text, at, "com/invite");
            default -> false;
        };
    }

    private static boolean opensTag(String text, int at) {
        return follows(text, at, "@")
                || follows(text, at, "#")
                || follows(text, at, "/")
                || follows(text, at, ":")
                || follows(text, at, "t:")
                || follows(text, at, "a:")
                || follows(text, at, "id:");
    }

    private static boolean follows(String text, int at, String word) {
        return text.regionMatches(true, at + 1, word, 0, word.length());
    }
}
