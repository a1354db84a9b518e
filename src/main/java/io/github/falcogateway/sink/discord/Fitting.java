package io.github.falcogateway.sink.discord;

import java.util.ArrayList;
import java.util.List;

/** What an embed has room for: a text or field is cut to what is left, or left out. Confined to one call. */
final class Fitting {

    private static final int LEAST = 12;

    private final List<EmbedField> fields = new ArrayList<>();
    private int left;

    Fitting(int room) {
        left = room;
    }

    int left() {
        return left;
    }

    List<EmbedField> fields() {
        return fields;
    }

    /** A text that is in the embed already. */
    String text(String fitted) {
        left -= points(fitted);
        return fitted;
    }

    /** Escaped lines of at most so many characters, fewer where there is less room. */
    String lines(String raw, int limit) {
        return text(InertText.lines(raw, Math.max(0, Math.min(limit, left))));
    }

    void field(String name, String raw, int limit, boolean inline) {
        int room = room(name, limit);
        if (room >= LEAST && !raw.isEmpty()) {
            put(name, InertText.value(raw, room), inline);
        }
    }

    /** A value as a code block. */
    void code(String name, String raw, int limit) {
        int room = room(name, limit);
        if (room >= 2 * LEAST && !raw.isEmpty()) {
            put(name, InertText.fenced(raw, room), false);
        }
    }

    private int room(String name, int limit) {
        return fields.size() >= Limits.FIELDS ? 0 : Math.min(Math.min(limit, Limits.VALUE), left - points(name));
    }

    private void put(String name, String value, boolean inline) {
        fields.add(new EmbedField(name, value, inline));
        left -= points(name) + points(value);
    }

    private static int points(String text) {
        return text.codePointCount(0, text.length());
    }
}
