package io.github.falcogateway.sink.syslog;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.JournaledEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/**
 * Writes an event as a syslog message. Falco's priorities are syslog's severities. Immutable, thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5424#section-6">RFC 5424, section 6</a>
 */
final class Rfc5424 {

    private static final int HOST = 255;
    private static final int MESSAGE_ID = 32;

    private final SyslogOptions options;

    Rfc5424(SyslogOptions options) {
        this.options = options;
    }

    /** One message, not framed. */
    byte[] message(JournaledEvent journaled) {
        FalcoEvent event = journaled.event();
        String head = "<" + (options.facility() * 8 + event.priority().severity()) + ">1 " + time(event.time()) + " "
                + name(event.host(), HOST) + " " + options.appName() + " - "
                + name(event.sourceName(), MESSAGE_ID) + " " + data(journaled) + " ";
        byte[] text = options.json() ? journaled.json() : text(event).getBytes(StandardCharsets.UTF_8);
        byte[] start = head.getBytes(StandardCharsets.UTF_8);
        byte[] message = Arrays.copyOf(start, start.length + text.length);
        System.arraycopy(text, 0, message, start.length, text.length);
        return message.length <= options.maxSize() ? message : cut(message, options.maxSize());
    }

    /** At most six digits of a second, as the RFC has it. */
    private static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS).toString();
    }

    /** A name in printable ASCII without blanks; {@code -} for none. */
    private static String name(String name, int most) {
        StringBuilder printable = new StringBuilder();
        name.chars().limit(most).forEach(c -> printable.append(c > ' ' && c < 127 ? (char) c : '_'));
        return printable.isEmpty() ? "-" : printable.toString();
    }

    /** The structured data; 32473 is the number that RFC 5612 keeps for who has none of his own. */
    private static String data(JournaledEvent journaled) {
        FalcoEvent event = journaled.event();
        return "[falco@32473" + parameter("id", Long.toString(journaled.id())) + parameter("rule", event.rule())
                + parameter("priority", event.priority().label()) + parameter("tags", String.join(",", event.tags()))
                + "]";
    }

    private static String parameter(String name, String value) {
        StringBuilder escaped = new StringBuilder(value.length() + 16);
        escaped.append(' ').append(name).append("=\"");
        value.chars().forEach(c -> {
            if (c == '"' || c == '\\' || c == ']') {
                escaped.append('\\');
            }
            escaped.append(Character.isISOControl(c) ? ' ' : (char) c);
        });
        return escaped.append('"').toString();
    }

    private static String text(FalcoEvent event) {
        String text = event.line().isEmpty() ? event.rule() : event.line();
        StringBuilder line = new StringBuilder(text.length());
        text.chars().forEach(c -> line.append(Character.isISOControl(c) ? ' ' : (char) c));
        return line.toString();
    }

    /** Cuts between two characters. */
    private static byte[] cut(byte[] message, int most) {
        int end = most;
        while (end > 0 && (message[end] & 0xC0) == 0x80) {
            end--;
        }
        return Arrays.copyOf(message, end);
    }
}
