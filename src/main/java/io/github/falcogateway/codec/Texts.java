package io.github.falcogateway.codec;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/**
 * Short texts of events, equal ones as one String as a rule: rules, hosts, users and commands come again and again, and
 * one String of them all keeps its hash and is no work for the collector. Thread-safe: threads may overwrite each
 * other's texts, which costs a String and nothing else.
 */
final class Texts {

    /** Longer ones are hardly ever the same. */
    private static final int MAX_LENGTH = 64;

    private static final int SLOTS = 1 << 12;
    private static final String[] SEEN = new String[SLOTS];

    private Texts() {}

    /** The text of the current string value. */
    static String of(JsonParser parser) throws IOException {
        int length = parser.getTextLength();
        if (length > MAX_LENGTH) {
            return parser.getText();
        }
        char[] chars = parser.getTextCharacters();
        int from = parser.getTextOffset();
        // As String has it, so that its own hash tells most others apart.
        int hash = 0;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + chars[i];
        }
        int slot = (hash ^ hash >>> 16) & SLOTS - 1;
        String seen = SEEN[slot];
        if (seen != null && seen.hashCode() == hash && same(seen, chars, from, length)) {
            return seen;
        }
        String fresh = new String(chars, from, length);
        SEEN[slot] = fresh;
        return fresh;
    }

    private static boolean same(String seen, char[] chars, int from, int length) {
        if (seen.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (seen.charAt(i) != chars[from + i]) {
                return false;
            }
        }
        return true;
    }
}
