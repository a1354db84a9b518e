package io.github.falcogateway.filter;

import io.github.falcogateway.event.FieldValue;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code getopt(field, "nt:")}: the options in a command line as POSIX getopt reads them. Without an argument in
 * brackets, the letters of the options given; with one, such as {@code [t]}, the values given to that option.
 */
final class Options {

    private Options() {}

    static Fields.Reader reader(Operand.Transform transform) {
        Fields.Reader arguments = Transforms.reader(transform.arguments().get(0));
        if (!(transform.arguments().get(1) instanceof Operand.Literal known)) {
            throw new FilterException(
                    transform.at(), "the second argument of getopt() is a quoted text such as \"nt:\"");
        }
        return event -> {
            FieldValue value = arguments.read(event);
            if (value == null) {
                return null;
            }
            List<FieldValue> found = read(value, known.text(), transform.argument());
            return found.isEmpty() ? null : new FieldValue.Array(found);
        };
    }

    private static List<FieldValue> read(FieldValue value, String known, String wanted) {
        List<String> words = value instanceof FieldValue.Array array
                ? array.items().stream().map(FieldValue::text).toList()
                : List.of(value.text().strip().split("\\s+"));
        List<FieldValue> found = new ArrayList<>();
        for (int w = 0; w < words.size(); w++) {
            String word = words.get(w);
            if (word.equals("--")) {
                break;
            }
            if (word.length() < 2 || word.charAt(0) != '-' || word.startsWith("--")) {
                continue;
            }
            for (int at = 1; at < word.length(); at++) {
                String letter = word.substring(at, at + 1);
                int place = letter.equals(":") ? -1 : known.indexOf(letter);
                boolean takesValue = place >= 0 && place + 1 < known.length() && known.charAt(place + 1) == ':';
                if (place < 0) {
                    continue;
                }
                String given = "";
                if (takesValue) {
                    boolean attached = at + 1 < word.length();
                    given = attached ? word.substring(at + 1) : w + 1 < words.size() ? words.get(++w) : "";
                }
                add(found, wanted, letter, given);
                if (takesValue) {
                    break;
                }
            }
        }
        return found;
    }

    private static void add(List<FieldValue> found, String wanted, String letter, String given) {
        if (wanted.isEmpty()) {
            found.add(new FieldValue.Text(letter));
        } else if (wanted.equals(letter)) {
            found.add(new FieldValue.Text(given));
        }
    }
}
