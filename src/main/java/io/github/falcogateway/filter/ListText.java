package io.github.falcogateway.filter;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts lists into a condition as text before it is parsed, as Falco does, and remembers where each part came from.
 * Immutable once made.
 *
 * @see <a href="https://github.com/falcosecurity/falco/blob/master/userspace/engine/rule_loader_compiler.cpp">Falco</a>
 */
final class ListText {

    /** A list that was put in: from where to where in the text, and where its name stood and how long it was. */
    private record Put(int start, int end, int original, int length) {}

    /** Shorter words differ by a letter without being meant for each other. */
    private static final int SHORTEST = 4;

    private final StringBuilder text = new StringBuilder();
    private final List<Put> puts = new ArrayList<>();
    private final Set<String> used = new HashSet<>();

    private ListText() {}

    static ListText of(String condition, Lists lists) {
        ListText result = new ListText();
        int at = 0;
        while (at < condition.length()) {
            int end = tokenEnd(condition, at);
            String token = condition.substring(at, end);
            String items = lists.text(token, at);
            if (items == null) {
                result.text.append(token);
            } else {
                end = items.isEmpty() ? result.dropComma(condition, end) : end;
                int start = result.text.length();
                result.text.append(items);
                result.used.add("list " + token);
                result.puts.add(new Put(start, result.text.length(), at, end - at));
            }
            at = end;
        }
        return result;
    }

    /** A list of nothing takes the comma after it along, or the one before: {@code in (a, nothing)} asks for a alone. */
    private int dropComma(String condition, int end) {
        int after = end;
        while (after < condition.length() && Character.isWhitespace(condition.charAt(after))) {
            after++;
        }
        if (after < condition.length() && condition.charAt(after) == ',') {
            return after + 1;
        }
        int before = text.length();
        while (before > 0 && Character.isWhitespace(text.charAt(before - 1))) {
            before--;
        }
        if (before > 0 && text.charAt(before - 1) == ',') {
            text.setLength(before - 1);
        }
        return end;
    }

    String text() {
        return text.toString();
    }

    /** The lists that were put in, as {@code list NAME}. */
    Set<String> used() {
        return used;
    }

    /** The offset in the condition as written. */
    int original(int offset) {
        int shift = 0;
        for (Put put : puts) {
            if (offset < put.start()) {
                break;
            }
            if (offset < put.end()) {
                return put.original();
            }
            shift = put.original() + put.length() - put.end();
        }
        return offset + shift;
    }

    /** Whether a word without quotes stands there that was no list and could have been the name of one. */
    boolean isBareWord(int offset) {
        int end = offset;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        boolean word = end - offset >= SHORTEST && (end == text.length() || delimiter(text.charAt(end)));
        return word && puts.stream().noneMatch(put -> offset >= put.start() && offset < put.end());
    }

    /** Where the quoted text, the delimiter or the word ends that starts here. */
    private static int tokenEnd(String condition, int start) {
        char first = condition.charAt(start);
        if (first == '"' || first == '\'') {
            int end = start + 1;
            while (end < condition.length() && (condition.charAt(end) != first || condition.charAt(end - 1) == '\\')) {
                end++;
            }
            return Math.min(condition.length(), end + 1);
        }
        if (delimiter(first)) {
            return start + 1;
        }
        int end = start;
        while (end < condition.length()
                && !delimiter(condition.charAt(end))
                && condition.charAt(end) != '"'
                && condition.charAt(end) != '\'') {
            end++;
        }
        return end;
    }

    static boolean delimiter(char c) {
        return c == '(' || c == ')' || c == ',' || c == '=' || Character.isWhitespace(c) || c == '\b';
    }
}
