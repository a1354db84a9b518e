package io.github.falcogateway.live;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Comma-separated values.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
public final class Csv {

    private Csv() {}

    /** One line, its end included. */
    public static String line(String... cells) {
        return Arrays.stream(cells).map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    /** One cell; a spreadsheet must not take what a sender wrote for a formula. */
    public static String cell(String text) {
        String safe = !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? "\"" + safe.replace("\"", "\"\"") + "\""
                : safe;
    }
}
