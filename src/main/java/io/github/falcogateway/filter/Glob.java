package io.github.falcogateway.filter;

import java.util.ArrayList;
import java.util.List;

/**
 * A shell pattern as POSIX fnmatch with no flags reads it: {@code *} crosses slashes, {@code ?}, {@code [a-z]},
 * {@code [!x]}, {@code [[:digit:]]}, backslash. Immutable. Time is at most the pattern's length times the text's.
 */
final class Glob {

    /** What one place of a pattern takes. */
    @FunctionalInterface
    interface Taker {
        boolean takes(int c);
    }

    private static final Taker STAR = c -> true;
    private static final Taker ONE = c -> true;

    private final List<Taker> pattern = new ArrayList<>();
    private final boolean ignoreCase;
    private boolean endless;

    Glob(String pattern, boolean ignoreCase) {
        this.ignoreCase = ignoreCase;
        int at = 0;
        while (at < pattern.length()) {
            at = add(pattern, at);
        }
    }

    boolean matches(String text) {
        return matches(text, 0, text.length());
    }

    /** Whether it is the part of a text from a place up to another. */
    boolean matches(String text, int from, int to) {
        int p = 0;
        int t = from;
        int star = -1;
        int resume = from;
        while (t < to) {
            int c = text.codePointAt(t);
            if (p < pattern.size() && pattern.get(p) == STAR) {
                star = p++;
                resume = t;
            } else if (p < pattern.size() && pattern.get(p).takes(ignoreCase ? Ascii.lower(c) : c)) {
                p++;
                t += Character.charCount(c);
            } else if (star >= 0) {
                p = star + 1;
                resume += Character.charCount(text.codePointAt(resume));
                t = resume;
            } else {
                return false;
            }
        }
        while (p < pattern.size() && pattern.get(p) == STAR) {
            p++;
        }
        return p == pattern.size();
    }

    private int add(String text, int at) {
        int c = text.codePointAt(at);
        int next = at + Character.charCount(c);
        switch (c) {
            case '*' -> {
                // Several say no more than one.
                if (pattern.isEmpty() || pattern.get(pattern.size() - 1) != STAR) {
                    pattern.add(STAR);
                }
            }
            case '?' -> pattern.add(ONE);
            case '[' -> {
                // Without an end it is no bracket but the character itself, and so are all that follow.
                GlobSet set = endless ? null : GlobSet.read(text, next, ignoreCase);
                endless = set == null;
                pattern.add(set == null ? literal('[') : set);
                return set == null ? next : set.end();
            }
            case '\\' -> {
                if (next >= text.length()) {
                    pattern.add(nothing -> false);
                    return next;
                }
                int escaped = text.codePointAt(next);
                pattern.add(literal(escaped));
                return next + Character.charCount(escaped);
            }
            default -> pattern.add(literal(c));
        }
        return next;
    }

    private Taker literal(int wanted) {
        int folded = ignoreCase ? Ascii.lower(wanted) : wanted;
        return c -> c == folded;
    }
}
