package io.github.falcogateway.filter;

import org.jspecify.annotations.Nullable;

/** Reads the smallest parts of a condition; what does not fit is left where it is. Confined to one call. */
final class Scanner {

    private final String text;
    private int at;

    Scanner(String text) {
        this.text = text;
    }

    int at() {
        return at;
    }

    void back(int to) {
        at = to;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    String slice(int from) {
        return text.substring(from, at);
    }

    String rest(int max) {
        return text.substring(at, Math.min(text.length(), at + max));
    }

    /** Skips blanks; whether there was one. */
    boolean blank() {
        int from = at;
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
        return at > from;
    }

    /** Takes {@code not} where a space of any kind, which is not quite a blank, follows it. */
    boolean notAndSpace() {
        if (!text.startsWith("not", at) || at + 3 >= text.length() || !isSpace(text.charAt(at + 3))) {
            return false;
        }
        at += 3;
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        return true;
    }

    boolean take(String token) {
        if (!text.startsWith(token, at)) {
            return false;
        }
        at += token.length();
        return true;
    }

    boolean peek(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    /** A letter, then letters, digits and underscores; null where there is none. */
    @Nullable
    String identifier() {
        int end = identifierEnd(at);
        if (end == at) {
            return null;
        }
        String name = text.substring(at, end);
        at = end;
        return name;
    }

    /** Identifiers with dots between, at least two; null where there is none. */
    @Nullable
    String dottedName() {
        int end = identifierEnd(at);
        int parts = end > at ? 1 : 0;
        while (parts > 0 && end < text.length() && text.charAt(end) == '.' && identifierEnd(end + 1) > end + 1) {
            end = identifierEnd(end + 1);
            parts++;
        }
        if (parts < 2) {
            return null;
        }
        String name = text.substring(at, end);
        at = end;
        return name;
    }

    /** The argument of a field between its brackets; null where there is none. */
    @Nullable
    String bareArgument() {
        int from = at;
        while (at < text.length() && "[]\"'".indexOf(text.charAt(at)) < 0 && !isSpace(text.charAt(at))) {
            at++;
        }
        return at == from ? null : text.substring(from, at);
    }

    /** A text without quotes; null where there is none. */
    @Nullable
    String bareString() {
        int from = at;
        while (at < text.length() && "()\"'=,".indexOf(text.charAt(at)) < 0 && !isSpace(text.charAt(at))) {
            at++;
        }
        return at == from ? null : text.substring(from, at);
    }

    /** A number as written, decimal or hexadecimal; null where there is none. */
    @Nullable
    String number() {
        int end = text.regionMatches(true, at, "0x", 0, 2) ? run(at + 2, 16) : at;
        if (end <= at + 2) {
            end = decimalEnd();
        }
        if (end == at) {
            return null;
        }
        String number = text.substring(at, end);
        at = end;
        return number;
    }

    /** A text in single or double quotes, escapes resolved; null where there is none. */
    @Nullable
    String quoted() {
        if (!peek('"') && !peek('\'')) {
            return null;
        }
        char quote = text.charAt(at);
        int end = at + 1;
        // As Falco does: only the one character before counts, so that "a\\" does not end here.
        while (end < text.length() && !(text.charAt(end) == quote && text.charAt(end - 1) != '\\')) {
            end++;
        }
        // Falco's texts end at a NUL.
        if (end >= text.length() || text.substring(at, end).indexOf('\0') >= 0) {
            throw new FilterException(at, "the quoted text is not closed");
        }
        String value = Escapes.resolve(text, at + 1, end, quote);
        at = end + 1;
        return value;
    }

    private int decimalEnd() {
        int start = at < text.length() && "+-".indexOf(text.charAt(at)) >= 0 ? at + 1 : at;
        int end = run(start, 10);
        if (end == start) {
            return at;
        }
        if (end < text.length() && text.charAt(end) == '.') {
            end = run(end + 1, 10);
        }
        boolean exponent = end + 1 < text.length()
                && "eE".indexOf(text.charAt(end)) >= 0
                && "+-".indexOf(text.charAt(end + 1)) >= 0
                && run(end + 2, 10) > end + 2;
        return exponent ? run(end + 2, 10) : end;
    }

    private int run(int from, int radix) {
        int end = from;
        while (end < text.length() && text.charAt(end) < 128 && Character.digit(text.charAt(end), radix) >= 0) {
            end++;
        }
        return end;
    }

    private int identifierEnd(int from) {
        if (from >= text.length() || !isLetter(text.charAt(from))) {
            return from;
        }
        int end = from + 1;
        while (end < text.length() && (isLetter(text.charAt(end)) || isDigitOrUnderscore(text.charAt(end)))) {
            end++;
        }
        return end;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigitOrUnderscore(char c) {
        return c >= '0' && c <= '9' || c == '_';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\b' || c == '\r' || c == '\n';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }
}
