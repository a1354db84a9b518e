package io.github.falcogateway.filter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The lists as the text that is put in for their names, each made once. Confined to one compilation. */
final class Lists {

    private static final int MAX_NESTING = 100;
    /** Lists of lists could grow without end. */
    private static final int MAX_TEXT = 16 << 20;

    private final Map<String, List<String>> lists;
    private final Map<String, String> texts = new HashMap<>();

    Lists(Map<String, List<String>> lists) {
        this.lists = lists;
    }

    Set<String> names() {
        return lists.keySet();
    }

    /**
     * Refuses a bare item that is one slip from the name of a list: Falco would take it as a text, which was not meant.
     */
    void spelling(Node.Check check, ListText text) {
        if (lists.isEmpty() || !(check.right() instanceof Operand.Items items)) {
            return;
        }
        for (Operand item : items.items()) {
            if (item instanceof Operand.Literal literal && text.isBareWord(literal.at())) {
                String meant = Suggestions.slip(literal.text(), lists.keySet());
                if (!meant.isEmpty()) {
                    throw new FilterException(
                            literal.at(), "list " + literal.text() + " is not defined; quotes make it a text", meant);
                }
            }
        }
    }

    /**
     * The items of a list with commas between; null where there is no such list.
     *
     * @param at where its name stands
     */
    @Nullable
    String text(String name, int at) {
        List<String> items = lists.get(name);
        if (items == null) {
            return null;
        }
        String known = texts.get(name);
        if (known == null) {
            known = text(name, items, at, 0);
        }
        return known;
    }

    private String text(String name, List<String> items, int at, int nesting) {
        String known = texts.get(name);
        if (known != null) {
            return known;
        }
        if (nesting > MAX_NESTING) {
            throw new FilterException(at, "lists that hold each other have no end");
        }
        List<String> parts = new ArrayList<>(items.size());
        long length = 0;
        for (String item : items) {
            List<String> inner = lists.get(item);
            String put = inner == null ? quoted(item) : text(item, inner, at, nesting + 1);
            if (!put.isEmpty()) {
                parts.add(put);
            }
            length += put.length() + 2L;
            if (length > MAX_TEXT) {
                throw new FilterException(at, "list " + name + " comes to more than 16 MiB");
            }
        }
        String text = String.join(", ", parts);
        texts.put(name, text);
        return text;
    }

    /** An item as it has to be written; one that holds a blank or a sign is taken whole. */
    private static String quoted(String item) {
        boolean plain =
                !item.isEmpty() && item.chars().noneMatch(c -> ListText.delimiter((char) c) || c == '"' || c == '\'');
        boolean already = item.length() > 1
                && (item.charAt(0) == '"' || item.charAt(0) == '\'')
                && item.charAt(item.length() - 1) == item.charAt(0);
        return plain || already ? item : '"' + item.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
