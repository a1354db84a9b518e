package io.github.falcogateway.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An event in a line of a journal: {@code journalctl -o cat}, {@code short}, {@code short-iso}, {@code json}, or of a
 * file of Falco's. Immutable.
 *
 * @param host the host the journal names; null where it names none
 * @param claimed the host that the event names, looked for only where the journal names none; null where it names none
 * @param event the event's JSON text
 * @see <a href="https://www.freedesktop.org/software/systemd/man/latest/journalctl.html#-o">journalctl</a>
 */
public record JournalLine(@Nullable String host, @Nullable String claimed, String event) {

    /** The times of short (in any language), short-iso and syslog files, short-full, short-unix, short-monotonic. */
    private static final String TIME =
            "\\p{L}{2,5}\\.? [ \\d]\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?|\\d{4}-\\d\\d-\\d\\dT\\S+"
                    + "|\\p{L}{2,5}\\.? \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)? \\S+|\\d{9,}\\.\\d+|\\[ *\\d+\\.\\d+\\]";

    private static final Pattern SHORT = Pattern.compile("^(?:" + TIME + ") (\\S+) [^{]*?: (\\{.*)$");

    /** The event in a line; null where it holds none. */
    public static @Nullable JournalLine of(String line) {
        String text = line.strip();
        if (text.startsWith("{")) {
            return text.contains("\"MESSAGE\"") ? json(text) : event(text);
        }
        Matcher entry = SHORT.matcher(text);
        return entry.matches() ? new JournalLine(entry.group(1), null, entry.group(2)) : null;
    }

    /** An event as it is; whether it is one is the gateway's to say. Falco writes its host's name first. */
    private static JournalLine event(String text) {
        JsonCursor cursor = new JsonCursor(text.getBytes(StandardCharsets.UTF_8));
        try {
            cursor.object();
            while (cursor.member()) {
                if (cursor.name().equals("hostname") && cursor.kind() == '"') {
                    return new JournalLine(null, cursor.text(), text);
                }
                cursor.skip();
            }
        } catch (DecodeException noJson) {
            // it names none
        }
        return new JournalLine(null, null, text);
    }

    /** An entry of {@code -o json}: the message is a text, or its bytes as numbers where it is no plain text. */
    private static @Nullable JournalLine json(String text) {
        String host = null;
        String message = null;
        JsonCursor cursor = new JsonCursor(text.getBytes(StandardCharsets.UTF_8));
        try {
            cursor.object();
            while (cursor.member()) {
                String name = cursor.name();
                byte kind = cursor.kind();
                if (name.equals("_HOSTNAME") && kind == '"') {
                    host = cursor.text();
                } else if (name.equals("MESSAGE") && kind == '"') {
                    message = cursor.ownText();
                } else if (name.equals("MESSAGE") && kind == '[') {
                    message = bytes(cursor);
                } else if (name.equals("rule")) {
                    return event(text);
                } else {
                    cursor.skip();
                }
            }
        } catch (DecodeException | NumberFormatException noJson) {
            return null;
        }
        return message != null && message.strip().startsWith("{") ? new JournalLine(host, null, message.strip()) : null;
    }

    private static String bytes(JsonCursor cursor) throws DecodeException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        cursor.array();
        while (cursor.element()) {
            bytes.write(Integer.parseInt(cursor.number()));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
