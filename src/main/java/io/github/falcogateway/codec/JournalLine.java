package io.github.falcogateway.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An event in a line of a journal: {@code journalctl -o cat}, {@code short}, {@code short-iso}, {@code json}, or of a
 * file of Falco's. Immutable.
 *
 * @param host the host the journal names; null where it names none
 * @param event the event's JSON text
 * @see <a href="https://www.freedesktop.org/software/systemd/man/latest/journalctl.html#-o">journalctl</a>
 */
public record JournalLine(@Nullable String host, String event) {

    /** The times of short (in any language), short-iso and syslog files, short-full, short-unix, short-monotonic. */
    private static final String TIME =
            "\\p{L}{2,5}\\.? [ \\d]\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?|\\d{4}-\\d\\d-\\d\\dT\\S+"
                    + "|\\p{L}{2,5}\\.? \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)? \\S+|\\d{9,}\\.\\d+|\\[ *\\d+\\.\\d+\\]";

    private static final Pattern SHORT = Pattern.compile("^(?:" + TIME + ") (\\S+) [^{]*?: (\\{.*)$");

    /** The event in a line; null where it holds none. */
    public static @Nullable JournalLine of(String line) {
        String text = line.strip();
        if (text.startsWith("{")) {
            return text.contains("\"MESSAGE\"") ? json(text) : new JournalLine(null, text);
        }
        Matcher entry = SHORT.matcher(text);
        return entry.matches() ? new JournalLine(entry.group(1), entry.group(2)) : null;
    }

    /** An entry of {@code -o json}: the message is a text, or its bytes as numbers where it is no plain text. */
    private static @Nullable JournalLine json(String text) {
        String host = null;
        String message = null;
        try (JsonParser parser = EventParser.JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("_HOSTNAME") && value == JsonToken.VALUE_STRING) {
                    host = parser.getText();
                } else if (name.equals("MESSAGE") && value == JsonToken.VALUE_STRING) {
                    message = parser.getText();
                } else if (name.equals("MESSAGE") && value == JsonToken.START_ARRAY) {
                    message = bytes(parser);
                } else if (name.equals("rule")) {
                    return new JournalLine(null, text);
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException noJson) {
            return null;
        }
        return message != null && message.strip().startsWith("{") ? new JournalLine(host, message.strip()) : null;
    }

    private static String bytes(JsonParser parser) throws IOException {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            bytes.write(parser.getIntValue());
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
