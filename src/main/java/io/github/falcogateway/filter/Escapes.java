package io.github.falcogateway.filter;

/**
 * The escapes inside a quoted text.
 *
 * @see <a href="https://github.com/falcosecurity/libs/blob/master/userspace/libsinsp/filter/escaping.cpp">Falco libs</a>
 */
final class Escapes {

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
                value.append(hex(text, at, to));
                at += 3;
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

    private static char hex(String text, int x, int to) {
        int high = x + 1 < to ? Character.digit(text.charAt(x + 1), 16) : -1;
        int low = x + 2 < to ? Character.digit(text.charAt(x + 2), 16) : -1;
        if (high < 0 || low < 0) {
            throw new FilterException(x - 1, "\\x needs two hexadecimal digits");
        }
        return (char) (high * 16 + low);
    }
}
