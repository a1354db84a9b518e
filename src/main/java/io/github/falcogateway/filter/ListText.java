package io.github.falcogateway.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Puts lists into a condition as text before it is parsed, as Falco does, and remembers where each part came from.
 * Immutable once made.
 *
 * @see <a href="https://github.com/falcosecurity/falco/blob/master/userspace/engine/rule_loader_compiler.cpp">Falco</a>
 */
final class ListText {

    private static final int MAX_NESTING = 100;

    private record Piece(int start, int end, int original, boolean list) {}

    private final StringBuilder text = new StringBuilder();
    private final List<Piece> pieces = new ArrayList<>();

    private ListText() {}

    static ListText of(String condition, Map<String, List<String>> lists) {
        ListText result = new ListText();
        int at = 0;
        while (at < condition.length()) {
            int end = tokenEnd(condition, at);
            String token = condition.substring(at, end);
            List<String> items = lists.get(token);
            String put = items == null ? token : items(items, lists, at, 0);
            int start = result.text.length();
            result.text.append(put);
            result.pieces.add(new Piece(start, result.text.length(), at, items != null));
            at = end;
        }
        return result;
    }

    /** The words of a condition that could name a list. */
    static List<String> words(String condition) {
        return List.of(condition.split("[\\s(),=\"']+"));
    }

    String text() {
        return text.toString();
    }

    /** The offset in the condition as written. */
    int original(int offset) {
        for (Piece piece : pieces) {
            if (offset >= piece.start() && offset < piece.end()) {
                return piece.list() ? piece.original() : piece.original() + offset - piece.start();
            }
        }
        Piece last = pieces.isEmpty() ? new Piece(0, 0, 0, false) : pieces.get(pieces.size() - 1);
        return last.original() + last.end() - last.start();
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

    private static boolean delimiter(char c) {
        return c == '(' || c == ')' || c == ',' || c == '=' || Character.isWhitespace(c) || c == '\b';
    }

    private static String items(List<String> items, Map<String, List<String>> lists, int at, int nesting) {
        if (nesting > MAX_NESTING) {
            throw new FilterException(at, "lists that hold each other have no end");
        }
        List<String> texts = new ArrayList<>(items.size());
        for (String item : items) {
            List<String> inner = lists.get(item);
            String put = inner == null ? quoted(item) : items(inner, lists, at, nesting + 1);
            if (!put.isEmpty()) {
                texts.add(put);
            }
        }
        return String.join(", ", texts);
    }

    /** An item as it has to be written; one that holds a blank or a sign is taken whole. */
    private static String quoted(String item) {
        boolean plain = !item.isEmpty() && item.chars().noneMatch(c -> delimiter((char) c) || c == '"' || c == '\'');
        boolean already = item.length() > 1
                && (item.charAt(0) == '"' || item.charAt(0) == '\'')
                && item.charAt(item.length() - 1) == item.charAt(0);
        return plain || already ? item : '"' + item.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
