package io.github.falcogateway.filter;

/**
 * A shell pattern as POSIX fnmatch with no flags reads it: {@code *} crosses slashes, {@code ?}, {@code [a-z]},
 * {@code [!x]}, backslash. Immutable. Time is at most the pattern's length times the text's.
 */
final class Glob {

    private final int[] pattern;
    private final boolean ignoreCase;

    Glob(String pattern, boolean ignoreCase) {
        this.ignoreCase = ignoreCase;
        this.pattern = fold(pattern).codePoints().toArray();
    }

    boolean matches(String text) {
        int[] chars = fold(text).codePoints().toArray();
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < chars.length) {
            int next = p < pattern.length && pattern[p] != '*' ? step(p, chars[t]) : -1;
            if (p < pattern.length && pattern[p] == '*') {
                star = p++;
                resume = t;
            } else if (next >= 0) {
                p = next;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length && pattern[p] == '*') {
            p++;
        }
        return p == pattern.length;
    }

    /** The place in the pattern after one that takes the character; -1 where it does not. */
    private int step(int p, int c) {
        return switch (pattern[p]) {
            case '?' -> p + 1;
            case '[' -> bracket(p, c);
            case '\\' -> p + 1 < pattern.length && pattern[p + 1] == c ? p + 2 : -1;
            default -> pattern[p] == c ? p + 1 : -1;
        };
    }

    private int bracket(int open, int c) {
        int at = open + 1;
        boolean negated = at < pattern.length && (pattern[at] == '!' || pattern[at] == '^');
        if (negated) {
            at++;
        }
        boolean found = false;
        int first = at;
        while (at < pattern.length && (pattern[at] != ']' || at == first)) {
            int low = pattern[at];
            boolean range = at + 2 < pattern.length && pattern[at + 1] == '-' && pattern[at + 2] != ']';
            int high = range ? pattern[at + 2] : low;
            found |= low <= c && c <= high;
            at += range ? 3 : 1;
        }
        if (at >= pattern.length) {
            // Without an end it is no bracket but the character itself.
            return c == '[' ? open + 1 : -1;
        }
        return found != negated ? at + 1 : -1;
    }

    private String fold(String text) {
        return ignoreCase ? text.toLowerCase(java.util.Locale.ROOT) : text;
    }
}
