package io.github.falcogateway.cli;

import io.github.falcogateway.event.Priority;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One list of the interactive event browser with the row that is selected. Confined to one thread. */
final class BrowserView {

    /** What the rows are. */
    enum Kind {
        GROUPS,
        EVENTS,
        EVENT
    }

    private final Kind kind;
    private final String title;
    private final List<String> headings;
    private final List<List<String>> cells;
    private final List<JsonObject> rows;
    private int selected;
    private int top;

    private BrowserView(
            Kind kind, String title, List<String> headings, List<List<String>> cells, List<JsonObject> rows) {
        this.kind = kind;
        this.title = title;
        this.headings = headings;
        this.cells = cells.stream()
                .map(row -> row.stream().map(Table::printable).toList())
                .toList();
        this.rows = rows;
    }

    static BrowserView groups(String by, List<JsonObject> groups) {
        List<List<String>> cells = new ArrayList<>();
        for (JsonObject group : groups) {
            cells.add(List.of(
                    String.valueOf(group.getLong("count")),
                    group.getString("priority"),
                    group.getString("key").isEmpty() ? "(none)" : group.getString("key"),
                    texts(group.getJsonArray("hosts")),
                    minutes(group.getString("first")),
                    minutes(group.getString("last"))));
        }
        List<String> headings = List.of("COUNT", "PRIORITY", by.toUpperCase(Locale.ROOT), "HOSTS", "FIRST", "LAST");
        return new BrowserView(Kind.GROUPS, "", headings, cells, groups);
    }

    static BrowserView events(String title, List<JsonObject> events) {
        List<List<String>> cells = new ArrayList<>();
        for (JsonObject event : events) {
            cells.add(List.of(
                    minutes(text(event, "time")),
                    text(event, "priority"),
                    text(event, "hostname"),
                    text(event, "rule"),
                    text(event, "output")));
        }
        String counted = title + ", " + events.size() + " events";
        return new BrowserView(
                Kind.EVENTS, counted, List.of("TIME", "PRIORITY", "HOST", "RULE", "OUTPUT"), cells, events);
    }

    static BrowserView event(JsonObject event) {
        List<List<String>> cells = new ArrayList<>();
        List<JsonObject> rows = new ArrayList<>();
        event.forEach(member -> {
            if (member.getValue() instanceof JsonObject object) {
                object.forEach(field -> cells.add(List.of(
                        (member.getKey().equals("output_fields") ? "" : member.getKey() + ".") + field.getKey(),
                        String.valueOf(field.getValue()))));
            } else {
                cells.add(List.of(member.getKey(), String.valueOf(member.getValue())));
            }
        });
        cells.forEach(cell -> rows.add(event));
        return new BrowserView(Kind.EVENT, text(event, "rule"), List.of("FIELD", "VALUE"), cells, rows);
    }

    Kind kind() {
        return kind;
    }

    String title() {
        return title;
    }

    List<String> headings() {
        return headings;
    }

    int size() {
        return rows.size();
    }

    int selected() {
        return selected;
    }

    /** What is selected; null in an empty list. */
    @Nullable
    JsonObject row() {
        return rows.isEmpty() ? null : rows.get(selected);
    }

    List<String> cells(int row) {
        return cells.get(row);
    }

    @Nullable
    Priority priority(int row) {
        return kind == Kind.EVENT
                ? null
                : Priority.parse(text(rows.get(row), "priority")).orElse(null);
    }

    void move(int by) {
        selected = Math.max(0, Math.min(rows.size() - 1, selected + by));
    }

    /** The first row in sight of so many, such that the selected one is among them. */
    int top(int height) {
        top = Math.max(Math.min(top, selected), selected - height + 1);
        return top;
    }

    /** The table of the rows from one on, as many as there is room for. */
    Table table(int from, int height) {
        Table table = new Table(headings.toArray(String[]::new));
        switch (kind) {
            case GROUPS -> table.rigid(0, 1, 4, 5).optional(4, 3);
            case EVENTS -> table.rigid(0, 1).optional(2);
            case EVENT -> table.optional();
        }
        for (int row = from; row < Math.min(rows.size(), from + height); row++) {
            table.add(cells.get(row).toArray(String[]::new));
        }
        return table;
    }

    /** A time as short as it can be told apart by people. */
    private static String minutes(String time) {
        return time.length() > 16 ? time.substring(0, 16).replace('T', ' ') : time;
    }

    private static String text(JsonObject of, String key) {
        Object value = of.getValue(key);
        return value == null ? "" : String.valueOf(value);
    }

    private static String texts(JsonArray array) {
        return array.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
}
