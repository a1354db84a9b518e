package io.github.falcogateway.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of text under headings, cut to the terminal's width; what is not printable is shown as a dot. */
final class Table {

    private static final int WIDTH = 120;
    private static final int NARROWEST = 40;

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... headings) {
        rows.add(List.of(headings));
    }

    void add(String... cells) {
        rows.add(Arrays.stream(cells).map(Table::printable).toList());
    }

    void print() {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        int width = width();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                boolean last = i == columns - 1;
                line.append(row.get(i));
                if (!last) {
                    line.append(" ".repeat(widths[i] - row.get(i).length() + 2));
                }
            }
            System.out.println(line.length() <= width ? line : line.substring(0, width - 1) + "…");
        }
    }

    /** An escape sequence in event text must not reach the terminal. */
    static String printable(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            int type = Character.getType(point);
            boolean bad = type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE;
            safe.appendCodePoint(bad ? '·' : point);
        });
        return safe.toString();
    }

    private static int width() {
        String columns = System.getenv("COLUMNS");
        return columns != null && columns.matches("\\d{1,4}") ? Math.max(NARROWEST, Integer.parseInt(columns)) : WIDTH;
    }
}
