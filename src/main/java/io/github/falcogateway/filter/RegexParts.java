package io.github.falcogateway.filter;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is in whatever a regular expression takes: to look for that costs a hundredth of asking RE2/J, and most texts lack it.
 * Only what is certain: nothing of an expression with named groups, or flags or escapes that are not read here. Immutable.
 *
 * @param head with which each text begins; empty where that is not known
 * @param parts of which each text contains one; none where that is not known
 * @param folded whether texts contain them in either case; they are in lower case then
 */
record RegexParts(String head, Set<String> parts, boolean folded) {

    private static final RegexParts UNKNOWN = new RegexParts("", Set.of(), false);
    private static final int MOST = 32;
    /** Those that change what a dot, a place or the first match is, and the one by which case does not count. */
    private static final Pattern FLAGS = Pattern.compile("\\(\\?([imsU]+)\\)");

    /** The parts of an expression that RE2/J takes. */
    static RegexParts of(String expression) {
        Matcher flags = FLAGS.matcher(expression);
        boolean flagged = flags.lookingAt();
        Reading reading = new Reading(
                expression, flagged ? flags.end() : 0, flagged && flags.group(1).indexOf('i') >= 0);
        RegexParts found = reading.alternatives();
        return reading.lost ? UNKNOWN : found;
    }

    /** Whether the expression may take the text. */
    boolean mayBe(String text) {
        if (!text.startsWith(head)) {
            return false;
        }
        for (String part : parts) {
            if (folded ? Ascii.contains(text, part) : text.contains(part)) {
                return true;
            }
        }
        return parts.isEmpty();
    }

    /** Those that fewer texts have. */
    private static Set<String> rarer(Set<String> one, Set<String> other) {
        int compared = Integer.compare(shortest(one), shortest(other));
        return compared == 0 ? (one.size() <= other.size() ? one : other) : (compared > 0 ? one : other);
    }

    private static int shortest(Set<String> parts) {
        return parts.stream().mapToInt(String::length).min().orElse(0);
    }

    /** Confined to one expression. */
    private static final class Reading {

        private static final int END = -1;

        /** Of the letters of ASCII, those of which something beyond it is another case: the Kelvin sign, the long s. */
        private static final String FOLDED_BEYOND_ASCII = "ks";

        private final String text;
        private final int begin;
        private final boolean folded;
        private int at;
        private boolean lost;

        Reading(String text, int begin, boolean folded) {
            this.text = text;
            this.begin = begin;
            this.folded = folded;
            at = begin;
        }

        RegexParts alternatives() {
            RegexParts first = sequence();
            if (peek() != '|') {
                return first;
            }
            Set<String> parts = new HashSet<>(first.parts);
            boolean known = !first.parts.isEmpty();
            while (peek() == '|') {
                at++;
                RegexParts next = sequence();
                known &= !next.parts.isEmpty();
                parts.addAll(next.parts);
            }
            return known && parts.size() <= MOST ? new RegexParts("", parts, folded) : UNKNOWN;
        }

        private RegexParts sequence() {
            Literals literals = new Literals();
            while (peek() != END && peek() != '|' && peek() != ')') {
                int start = at;
                Set<String> inside = Set.of();
                int literal = END;
                switch (peek()) {
                    case '(' -> inside = group();
                    case '[' -> skipClass();
                    case '\\' -> literal = escaped();
                    case '.', '$' -> at++;
                    case '^' -> {
                        at++;
                        if (start == begin) {
                            continue;
                        }
                    }
                    case '*', '+', '?', '{' -> lose();
                    default -> literal = next();
                }
                literals.add(folded ? folded(literal) : literal, inside, repeats());
            }
            return literals.found(folded);
        }

        private Set<String> group() {
            at++;
            if (peek() == '?') {
                if (!text.startsWith("?:", at)) {
                    return lose();
                }
                at += 2;
            }
            RegexParts inside = alternatives();
            at++;
            return inside.parts;
        }

        private static int folded(int literal) {
            int lower = literal >= 'A' && literal <= 'Z' ? literal + 'a' - 'A' : literal;
            return lower < 128 && FOLDED_BEYOND_ASCII.indexOf(lower) < 0 ? lower : END;
        }

        /** Past a class of plain characters and ranges. */
        private void skipClass() {
            int end = text.indexOf(']', at + 2);
            String inside = end < 0 ? "[" : text.substring(at + 1, end);
            if (inside.startsWith("]") || inside.equals("^") || inside.indexOf('[') >= 0 || inside.indexOf('\\') >= 0) {
                lose();
            } else {
                at = end + 1;
            }
        }

        /** The character that is meant; none where it stands for several or for a place. */
        private int escaped() {
            at++;
            int named = next();
            if (named < 128 && !Character.isLetterOrDigit(named)) {
                return named;
            }
            if ("dDwWsSbB".indexOf(named) < 0) {
                lose();
            }
            return END;
        }

        private Repeats repeats() {
            Repeats read = switch (peek()) {
                case '*', '?' -> Repeats.PERHAPS;
                case '+' -> Repeats.SOME;
                case '{' -> counted();
                default -> Repeats.ONCE;
            };
            if (read != Repeats.ONCE) {
                at++;
                at += peek() == '?' ? 1 : 0;
            }
            return read;
        }

        /** A count in braces, up to the closing one. */
        private Repeats counted() {
            int end = text.indexOf('}', at);
            String inside = end < 0 ? "" : text.substring(at + 1, end);
            if (!inside.matches("\\d+(,\\d*)?")) {
                lose();
                return Repeats.PERHAPS;
            }
            at = end;
            return inside.matches("0+(,\\d*)?") ? Repeats.PERHAPS : Repeats.SOME;
        }

        private int peek() {
            return at < text.length() ? text.codePointAt(at) : END;
        }

        private int next() {
            int read = peek();
            at += read == END ? 0 : Character.charCount(read);
            return read;
        }

        private Set<String> lose() {
            lost = true;
            at = text.length();
            return Set.of();
        }
    }

    private enum Repeats {
        ONCE,
        SOME,
        PERHAPS
    }

    /** The runs of characters in a sequence. Confined to one sequence. */
    private static final class Literals {

        private final StringBuilder run = new StringBuilder();
        private Set<String> best = Set.of();
        private String head = "";
        private boolean broken;

        /** Takes what comes next: a character, or what is in each text of something else. */
        void add(int literal, Set<String> inside, Repeats repeats) {
            if (literal != Reading.END && repeats != Repeats.PERHAPS) {
                run.appendCodePoint(literal);
            }
            if (literal != Reading.END && repeats == Repeats.ONCE) {
                return;
            }
            end();
            if (repeats != Repeats.PERHAPS) {
                best = rarer(best, inside);
            }
        }

        private void end() {
            if (!broken) {
                head = run.toString();
                broken = true;
            }
            if (run.length() > 0) {
                best = rarer(best, Set.of(run.toString()));
                run.setLength(0);
            }
        }

        RegexParts found(boolean folded) {
            end();
            return new RegexParts(folded ? "" : head, best, folded);
        }
    }
}
