package io.github.falcogateway.codec;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads RFC 3339 times, with 0 to 9 fraction digits and any offset: Falco writes nine, Go as many as are not zero.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3339#section-5.6">RFC 3339, 5.6</a>
 */
public final class Timestamps {

    private static final int SECONDS_END = 19;
    private static final int NANO_DIGITS = 9;
    private static final Pattern OFFSET = Pattern.compile("[+-]([01][0-9]|2[0-3]):?[0-5][0-9]");

    /** The second that was written last: many events come within one. */
    private static volatile Second written = new Second(0, "1970-01-01T00:00:00");

    private record Second(long epoch, String text) {}

    private Timestamps() {}

    /** The time in UTC as {@link Instant#toString} has it: 0, 3, 6 or 9 fraction digits. */
    public static String text(Instant time) {
        Second second = written;
        if (second.epoch() != time.getEpochSecond()) {
            String whole = Instant.ofEpochSecond(time.getEpochSecond()).toString();
            second = new Second(time.getEpochSecond(), whole.substring(0, whole.length() - 1));
            written = second;
        }
        int nanos = time.getNano();
        if (nanos == 0) {
            return second.text() + 'Z';
        }
        int digits = nanos % 1_000_000 == 0 ? 3 : nanos % 1000 == 0 ? 6 : NANO_DIGITS;
        String padded = Integer.toString(1_000_000_000 + nanos);
        return second.text() + '.' + padded.substring(1, 1 + digits) + 'Z';
    }

    /** The time, or null where the text is none. */
    public static @Nullable Instant parse(String text) {
        if (text.length() <= SECONDS_END || !separated(text)) {
            return null;
        }
        try {
            return read(text);
        } catch (DateTimeException | NumberFormatException | IndexOutOfBoundsException notATime) {
            return null;
        }
    }

    private static boolean separated(String text) {
        char between = text.charAt(10);
        return text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && (between == 'T' || between == 't' || between == ' ')
                && text.charAt(13) == ':'
                && text.charAt(16) == ':';
    }

    private static Instant read(String text) {
        int at = SECONDS_END;
        int nanos = 0;
        if (text.charAt(at) == '.') {
            int digits = 0;
            for (at++; at < text.length() && Character.digit(text.charAt(at), 10) >= 0; at++) {
                if (digits++ < NANO_DIGITS) {
                    nanos = nanos * 10 + Character.digit(text.charAt(at), 10);
                }
            }
            for (; digits < NANO_DIGITS; digits++) {
                nanos *= 10;
            }
        }
        int second = number(text, 17, 19);
        LocalDateTime local = LocalDateTime.of(
                number(text, 0, 4),
                number(text, 5, 7),
                number(text, 8, 10),
                number(text, 11, 13),
                number(text, 14, 16),
                // A leap second is the last one of its minute: Java's time line has none.
                Math.min(second, 59),
                nanos);
        return local.toInstant(ZoneOffset.UTC).minusSeconds(offset(text.substring(at)));
    }

    /** The seconds that an offset is ahead of UTC. RFC 3339 has up to 23:59 of them, Java's zones 18 hours alone. */
    private static int offset(String text) {
        if (text.equals("Z") || text.equals("z")) {
            return 0;
        }
        if (!OFFSET.matcher(text).matches()) {
            return ZoneOffset.of(text).getTotalSeconds();
        }
        int seconds = number(text, 1, 3) * 3600 + number(text, text.length() - 2, text.length()) * 60;
        return text.charAt(0) == '-' ? -seconds : seconds;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseUnsignedInt(text, from, to, 10);
    }
}
