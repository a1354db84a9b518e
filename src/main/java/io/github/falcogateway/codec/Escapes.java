package io.github.falcogateway.codec;

import java.nio.charset.StandardCharsets;

/**
 * The escapes in JSON strings.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259#section-7">RFC 8259, 7</a>
 */
final class Escapes {

    private static final int SIMPLE = 2;
    private static final int UNICODE = 6;
    private static final int HEX = 16;

    private Escapes() {}

    /** The bytes of the escape that begins with the backslash at this place; 0 where it is none. */
    static int length(byte[] json, int at, int end) {
        if (at + 1 >= end) {
            return 0;
        }
        return switch (json[at + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> SIMPLE;
            case 'u' -> at + UNICODE <= end && unit(json, at) >= 0 ? UNICODE : 0;
            default -> 0;
        };
    }

    /** The text of a string's bytes whose escapes are right. */
    static String decode(byte[] json, int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        int plain = from;
        int at = from;
        while (at < to) {
            if (json[at] != '\\') {
                at++;
                continue;
            }
            text.append(new String(json, plain, at - plain, StandardCharsets.UTF_8));
            if (json[at + 1] == 'u') {
                text.append((char) unit(json, at));
                at += UNICODE;
            } else {
                text.append(simple(json[at + 1]));
                at += SIMPLE;
            }
            plain = at;
        }
        return text.append(new String(json, plain, to - plain, StandardCharsets.UTF_8))
                .toString();
    }

    private static char simple(byte letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> (char) letter;
        };
    }

    /** The UTF-16 unit of four hexadecimal digits; negative where they are none. */
    private static int unit(byte[] json, int at) {
        int unit = 0;
        for (int i = SIMPLE; i < UNICODE; i++) {
            int digit = json[at + i] < 0 ? -1 : Character.digit(json[at + i], HEX);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }
}
