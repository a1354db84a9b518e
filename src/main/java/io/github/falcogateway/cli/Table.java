package io.github.falcogateway.cli;

import io.github.falcogateway.event.Priority;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jline.utils.WCWidth;
import org.jspecify.annotations.Nullable;

/**
 * Rows of text under headings, made to fit the terminal: the widest columns that may give way, then some are left out.
 * What is not printable is shown as a dot. Confined to one thread.
 */
final class Table {

    private static final char ELLIPSIS = '…';
    private static final int GAP = 2;
    private static final int COMFORTABLE = 16;
    private static final int NARROWEST = 6;

    private record Row(@Nullable Priority priority, List<String> cells) {}

    private final List<Row> rows = new ArrayList<>();
    private Set<Integer> rigid = Set.of();
    private List<Integer> optional = List.of();

    Table(String... headings) {
        rows.add(new Row(null, List.of(headings)));
    }

    /** The columns that are of no use when cut. */
    Table rigid(Integer... columns) {
        rigid = Set.of(columns);
        return this;
    }

    /** The columns that are left out where there is no room, in this order. */
    Table optional(Integer... columns) {
        optional = List.of(columns);
        return this;
    }

    void add(String... cells) {
        add(null, cells);
    }

    /** A row that a terminal shows in the priority's colour. */
    void add(@Nullable Priority priority, String... cells) {
        rows.add(new Row(priority, Arrays.stream(cells).map(Table::printable).toList()));
    }

    /** Prints it; cut to fit only where somebody looks, for another program has no width. */
    void print() {
        int[] widths = widths(Screen.shows() || System.getenv("COLUMNS") != null ? Screen.width() : Integer.MAX_VALUE);
        boolean colours = Screen.colours();
        for (Row row : rows) {
            String line = line(row.cells(), widths);
            System.out.println(colours ? Colours.row(line, row.priority(), row == rows.get(0)) : line);
        }
    }

    /** The widths of the columns within a width in all. */
    int[] widths(int width) {
        int columns = rows.get(0).cells().size();
        int[] widths = new int[columns];
        for (Row row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], width(row.cells().get(i)));
            }
        }
        long excess = Arrays.stream(widths).asLongStream().sum() + (long) GAP * (columns - 1) - width;
        excess = narrow(widths, excess, COMFORTABLE, rigid);
        for (int i = 0; i < optional.size() && excess > 0; i++) {
            excess -= widths[optional.get(i)] + GAP;
            widths[optional.get(i)] = 0;
        }
        narrow(widths, excess, NARROWEST, Set.of());
        return widths;
    }

    /** Takes from the widest first, none below the least; what is left to take. */
    private static long narrow(int[] widths, long excess, int least, Set<Integer> rigid) {
        long left = excess;
        while (left > 0) {
            int widest = -1;
            for (int i = 0; i < widths.length; i++) {
                boolean gives = widths[i] > least && !rigid.contains(i);
                widest = gives && (widest < 0 || widths[i] >= widths[widest]) ? i : widest;
            }
            if (widest < 0) {
                break;
            }
            widths[widest]--;
            left--;
        }
        return left;
    }

    /** One line, each cell cut and filled to its column. */
    static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            if (widths[i] > 0) {
                String cell = cut(cells.get(i), widths[i]);
                line.append(cell).append(" ".repeat(widths[i] - width(cell) + GAP));
            }
        }
        return line.toString().stripTrailing();
    }

    /** The text within so many columns. */
    static String cut(String text, int width) {
        if (width(text) <= width) {
            return text;
        }
        int end = 0;
        int columns = 1;
        while (end < text.length() && columns + columns(text.codePointAt(end)) <= width) {
            columns += columns(text.codePointAt(end));
            end += Character.charCount(text.codePointAt(end));
        }
        return text.substring(0, end) + ELLIPSIS;
    }

    /** Columns, not characters: some take two, some none. */
    static int width(String text) {
        return text.codePoints().map(Table::columns).sum();
    }

    private static int columns(int point) {
        // Terminals draw it in one, whatever tables of widths say of ambiguous characters.
        return point == ELLIPSIS ? 1 : Math.max(0, WCWidth.wcwidth(point));
    }

    /** An escape sequence in event text must not reach the terminal. */
    static String printable(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            int type = Character.getType(point);
            boolean bad = type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.SURROGATE
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR;
            safe.appendCodePoint(bad ? '·' : point);
        });
        return safe.toString();
    }
}
