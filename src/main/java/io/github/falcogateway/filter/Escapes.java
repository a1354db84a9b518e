package io.github.falcogateway.filter;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The escapes inside a quoted text.
 *
 * @see <a href="https://github.com/falcosecurity/libs/blob/master/userspace/libsinsp/filter/escaping.cpp">Falco libs</a>
 */
final class Escapes {

    private static final String HEX = "0123456789abcdef";

    private Escapes() {}

    static String resolve(String text, int from, int to, char quote) {
        StringBuilder value = new StringBuilder(to - from);
        int at = from;
        while (at < to) {
            char c = text.charAt(at++);
            if (c != '\\') {
                value.append(c);
                continue;
            }
            char escaped = at < to ? text.charAt(at) : quote;
            if (escaped == 'x') {
                at = bytes(text, at - 1, to, value);
            } else {
                value.append(one(escaped, quote, at - 1));
                at++;
            }
        }
        return value.toString();
    }

    private static char one(char escaped, char quote, int at) {
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case ' ', '\\' -> '\\';
            case '/' -> '/';
            default -> {
                if (escaped != quote) {
                    throw new FilterException(at, "\\" + escaped + " is no escape: write \\\\ for a backslash");
                }
                yield quote;
            }
        };
    }

    /** Takes the {@code \xHH} that stand one after the other: Falco's texts are bytes, and a letter may need several. */
    private static int bytes(String text, int from, int to, StringBuilder value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1);
        int at = from;
        while (at + 1 < to && text.charAt(at) == '\\' && text.charAt(at + 1) == 'x') {
            int high = at + 2 < to ? digit(text.charAt(at + 2)) : -1;
            int low = at + 3 < to ? digit(text.charAt(at + 3)) : -1;
            if (high < 0 || low < 0) {
                throw new FilterException(at, "\\x needs two hexadecimal digits");
            }
            bytes.write(high * 16 + low);
            at += 4;
        }
        value.append(bytes.toString(StandardCharsets.UTF_8));
        return at;
    }

    private static int digit(char c) {
        return HEX.indexOf(Character.toLowerCase(c));
    }
}
