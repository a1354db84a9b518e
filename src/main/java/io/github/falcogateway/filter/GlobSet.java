package io.github.falcogateway.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The characters between the brackets of a shell pattern. Immutable. */
final class GlobSet implements Glob.Taker {

    private static final Map<String, Glob.Taker> CLASSES = Map.ofEntries(
            Map.entry("alpha", GlobSet::isAlpha),
            Map.entry("digit", GlobSet::isDigit),
            Map.entry("alnum", c -> isAlpha(c) || isDigit(c)),
            Map.entry("upper", c -> c >= 'A' && c <= 'Z'),
            Map.entry("lower", c -> c >= 'a' && c <= 'z'),
            Map.entry("xdigit", c -> c < 128 && Character.digit(c, 16) >= 0),
            Map.entry("space", c -> c == ' ' || c >= '\t' && c <= '\r'),
            Map.entry("blank", c -> c == ' ' || c == '\t'),
            Map.entry("punct", c -> c > ' ' && c < 127 && !isAlpha(c) && !isDigit(c)),
            Map.entry("print", c -> c >= ' ' && c < 127),
            Map.entry("graph", c -> c > ' ' && c < 127),
            Map.entry("cntrl", c -> c < ' ' || c == 127));

    private static final int LONGEST_CLASS = "[:xdigit:]".length();

    private final List<Glob.Taker> parts;
    private final boolean negated;
    private final int end;

    private GlobSet(List<Glob.Taker> parts, boolean negated, int end) {
        this.parts = List.copyOf(parts);
        this.negated = negated;
        this.end = end;
    }

    /** The set that begins after the bracket at {@code from}; null where it has no end. */
    static @Nullable GlobSet read(String text, int from, boolean ignoreCase) {
        int at = from;
        boolean negated = at < text.length() && (text.charAt(at) == '!' || text.charAt(at) == '^');
        if (negated) {
            at++;
        }
        List<Glob.Taker> parts = new ArrayList<>();
        int first = at;
        while (at < text.length() && (text.charAt(at) != ']' || at == first)) {
            int close = classEnd(text, at);
            Glob.Taker named = close < 0 ? null : CLASSES.get(text.substring(at + 2, close - 2));
            if (named != null) {
                parts.add(ignoreCase ? c -> named.takes(c) || named.takes(Character.toUpperCase(c)) : named);
                at = close;
                continue;
            }
            int low = character(text, at);
            at = after(text, at);
            boolean range = at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']';
            int high = range ? character(text, at + 1) : low;
            at = range ? after(text, at + 1) : at;
            parts.add(range(low, high, ignoreCase));
        }
        return at >= text.length() ? null : new GlobSet(parts, negated, at + 1);
    }

    /** The offset after a named class such as {@code [:alpha:]} that begins here; -1 where none does. */
    static int classEnd(String text, int at) {
        if (!text.startsWith("[:", at)) {
            return -1;
        }
        // Its colon is not the closing one: in "[[:]" are two characters and no class.
        int end =
                text.substring(at, Math.min(text.length(), at + LONGEST_CLASS)).indexOf(":]", 2);
        return end < 0 ? -1 : at + end + 2;
    }

    /** The offset after the closing bracket. */
    int end() {
        return end;
    }

    @Override
    public boolean takes(int c) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).takes(c)) {
                return !negated;
            }
        }
        return negated;
    }

    private static Glob.Taker range(int low, int high, boolean ignoreCase) {
        return ignoreCase
                ? c -> low <= c && c <= high
                        || low <= Character.toUpperCase(c) && Character.toUpperCase(c) <= high && c < 128
                : c -> low <= c && c <= high;
    }

    private static int character(String text, int at) {
        boolean escaped = text.charAt(at) == '\\' && at + 1 < text.length();
        return text.codePointAt(escaped ? at + 1 : at);
    }

    private static int after(String text, int at) {
        int start = text.charAt(at) == '\\' && at + 1 < text.length() ? at + 1 : at;
        return start + Character.charCount(text.codePointAt(start));
    }

    private static boolean isAlpha(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
