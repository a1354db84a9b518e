package io.github.falcogateway.filter;

import io.github.falcogateway.event.FieldValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code getopt(field, "nt:")}: the options in a command line as getopt(3) reads them, up to the first word that is
 * none. Without an argument in brackets, each option's letter and after it its value, {@code ?} for an unknown one; with
 * one, such as {@code [t]}, the last value given to that option, or its letter where it takes none. Immutable.
 *
 * @see <a href="https://falco.org/docs/concepts/rules/conditions/">Falco: transform operators</a>
 */
final class Options {

    private final String known;
    private final String wanted;

    Options(String known, String wanted) {
        this.known = known;
        this.wanted = wanted;
    }

    /** What the words give; empty where that is nothing. */
    List<FieldValue> read(List<String> words) {
        List<FieldValue> found = new ArrayList<>();
        for (int at = 0; at < words.size(); at++) {
            String word = words.get(at);
            boolean option = word.length() > 1 && word.charAt(0) == '-';
            if (!option || word.equals("--")) {
                break;
            }
            // A long option, such as --exec, is no cluster of short ones.
            if (!word.startsWith("--")) {
                at = cluster(words, at, found);
            }
        }
        return found;
    }

    /** Reads the letters of one word; the place of the last word that it took. */
    private int cluster(List<String> words, int at, List<FieldValue> found) {
        String word = words.get(at);
        for (int i = 1; i < word.length(); i++) {
            char letter = word.charAt(i);
            int place = letter == ':' ? -1 : known.indexOf(letter);
            if (place < 0) {
                unknown(found);
            } else if (!known.startsWith(":", place + 1)) {
                add(found, letter, null);
            } else if (i + 1 < word.length()) {
                add(found, letter, word.substring(i + 1));
                return at;
            } else {
                return lastLetter(words, at, letter, found);
            }
        }
        return at;
    }

    /** A letter whose value is the next word; where there is none the value is empty and the letter is not told. */
    private int lastLetter(List<String> words, int at, char letter, List<FieldValue> found) {
        if (at + 1 < words.size()) {
            add(found, letter, words.get(at + 1));
            return at + 1;
        }
        if (wanted.isEmpty()) {
            found.add(new FieldValue.Text(""));
        } else {
            add(found, letter, "");
        }
        return at;
    }

    private void unknown(List<FieldValue> found) {
        if (wanted.isEmpty()) {
            found.add(new FieldValue.Text("?"));
        }
    }

    private void add(List<FieldValue> found, char letter, @Nullable String value) {
        FieldValue name = new FieldValue.Text(String.valueOf(letter));
        if (wanted.isEmpty()) {
            found.add(name);
            if (value != null) {
                found.add(new FieldValue.Text(value));
            }
        } else if (wanted.charAt(0) == letter) {
            found.clear();
            found.add(value == null ? name : new FieldValue.Text(value));
        }
    }
}
