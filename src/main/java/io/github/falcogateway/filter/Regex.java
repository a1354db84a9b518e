package io.github.falcogateway.filter;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A regular expression over the whole of a text, in RE2's syntax and in time that grows with the text alone. Immutable.
 * RE2/J writes repeats out, so that their product is bounded before it is compiled.
 */
final class Regex {

    private static final int MAX_STEPS = 10_000;
    private static final int MAX_NESTING = 200;
    private static final int LONGEST_REPEAT = 12;
    /** Steps times characters: about a second. Nothing but an attack is longer. */
    private static final long MAX_WORK = 100_000_000;

    private final Pattern pattern;
    private final RegexParts parts;
    private final int longest;

    private Regex(Pattern pattern) {
        this.pattern = pattern;
        this.parts = RegexParts.of(pattern.pattern());
        this.longest = (int) Math.min(Integer.MAX_VALUE, MAX_WORK / Math.max(1, pattern.programSize()));
    }

    /**
     * Compiles it.
     *
     * @throws FilterException where it is none, or its repeats come to too much
     */
    static Regex of(Operand.Literal literal) {
        long steps = steps(literal);
        if (steps > MAX_STEPS) {
            throw new FilterException(
                    literal.at(), "the repeats of the regular expression come to more than " + MAX_STEPS + " steps");
        }
        try {
            return new Regex(Pattern.compile(literal.text()));
        } catch (PatternSyntaxException bad) {
            throw new FilterException(literal.at(), "no regular expression (RE2 syntax): " + bad.getDescription());
        }
    }

    /** Whether the whole text matches; false where it is too long for the work this may be, or goes too deep. */
    boolean matches(String text) {
        try {
            return parts.mayBe(text) && text.length() <= longest && pattern.matches(text);
        } catch (StackOverflowError tooDeep) {
            // RE2/J goes one call deeper for each part in a row that may be empty; whoever asked has other conditions
            // to ask.
            return false;
        }
    }

    /** How many steps it is when repeats are written out. */
    private static long steps(Operand.Literal literal) {
        String text = literal.text();
        Deque<Long> open = new ArrayDeque<>();
        long sum = 0;
        long last = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            switch (c) {
                case '(' -> {
                    if (open.size() == MAX_NESTING) {
                        throw new FilterException(
                                literal.at(), "the regular expression nests deeper than " + MAX_NESTING + " levels");
                    }
                    open.push(sum);
                    sum = 0;
                    last = 0;
                }
                case ')' -> {
                    last = sum + 2;
                    sum = last + (open.isEmpty() ? 0 : open.pop());
                }
                case '{' -> {
                    int times = times(text, at);
                    sum = Math.min(sum + last * times, Integer.MAX_VALUE);
                    last = Math.min(last * (times + 1L), Integer.MAX_VALUE);
                }
                case '[' -> {
                    at = classEnd(text, at);
                    last = 1;
                    sum++;
                }
                default -> {
                    at += c == '\\' ? 1 : 0;
                    last = "*+?|".indexOf(c) >= 0 ? last + 1 : 1;
                    sum++;
                }
            }
        }
        return sum;
    }

    /** How many times more than once the repeat asks for; none where it is no repeat. */
    private static int times(String text, int open) {
        String near = text.substring(open + 1, Math.min(text.length(), open + LONGEST_REPEAT));
        String inside = near.substring(0, Math.max(0, near.indexOf('}')));
        if (!inside.matches("\\d{1,4}(,\\d{0,4})?")) {
            return 1;
        }
        String[] bounds = inside.split(",", -1);
        String most = bounds[bounds.length - 1];
        return Math.max(1, Integer.parseInt(most.isEmpty() ? bounds[0] : most));
    }

    private static int classEnd(String text, int open) {
        int at = open + 1;
        at += at < text.length() && text.charAt(at) == '^' ? 1 : 0;
        at += at < text.length() && text.charAt(at) == ']' ? 1 : 0;
        while (at < text.length() && text.charAt(at) != ']') {
            int named = GlobSet.classEnd(text, at);
            at = named > 0 ? named : at + (text.charAt(at) == '\\' ? 2 : 1);
        }
        return at;
    }
}
