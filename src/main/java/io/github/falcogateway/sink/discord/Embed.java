package io.github.falcogateway.sink.discord;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One card of a message, its texts escaped and cut: an event, or whatever else is told in one card. Immutable.
 *
 * @param url where its title leads; no other embed of the message has the same, as Discord would show only the first
 * @param color red, green and blue as one number
 * @param timestamp null where the time is none that Discord takes
 */
record Embed(
        String title,
        String url,
        String description,
        int color,
        List<EmbedField> fields,
        @Nullable Instant timestamp,
        String footer) {

    Embed {
        fields = List.copyOf(fields);
    }

    /** The same under an address that another one of the message does not have. */
    Embed at(String address) {
        return new Embed(title, address, description, color, fields, timestamp, footer);
    }

    /** What it takes of {@link Limits#MESSAGE_TEXT}. */
    int size() {
        int size = points(title) + points(description) + points(footer);
        for (EmbedField field : fields) {
            size += points(field.name()) + points(field.value());
        }
        return size;
    }

    private static int points(String text) {
        return text.codePointCount(0, text.length());
    }
}
