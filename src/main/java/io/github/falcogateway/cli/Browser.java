package io.github.falcogateway.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** What the interactive event browser shows and where it goes from there; knows no terminal. Confined to one thread. */
final class Browser {

    /** The newest events of a group that can be looked into. */
    private static final int EVENTS = 1000;

    private static final List<String> BYS = List.of("rule", "host", "priority", "source", "tag");

    /** An order of groups. */
    private enum Sort {
        COUNT(Comparator.comparing((JsonObject group) -> group.getLong("count")).reversed()),
        NAME(Comparator.comparing((JsonObject group) -> group.getString("key"))),
        LAST(Comparator.comparing((JsonObject group) -> group.getString("last")).reversed()),
        FIRST(Comparator.comparing((JsonObject group) -> group.getString("first")));

        private final Comparator<JsonObject> order;

        Sort(Comparator<JsonObject> order) {
            this.order = order;
        }
    }

    private final EventsSource source;
    private final Deque<BrowserView> below = new ArrayDeque<>();
    private String by;
    private String filter;
    private Sort sort = Sort.COUNT;
    private boolean reversed;
    private BrowserView view;
    private String message = "";

    Browser(EventsSource source, String by, String filter) throws IOException {
        this.source = source;
        this.by = by;
        this.filter = filter;
        this.view = groups();
    }

    BrowserView view() {
        return view;
    }

    String filter() {
        return filter;
    }

    /** What went wrong last; empty where nothing did. */
    String message() {
        return message;
    }

    /** One line on what is seen. */
    String title() {
        String of = filter.isEmpty() ? "all events" : filter;
        return view.kind() == BrowserView.Kind.GROUPS
                ? "by " + by + ", sorted by " + sort.name().toLowerCase(Locale.ROOT) + (reversed ? " reversed" : "")
                        + "  |  " + of
                : view.title();
    }

    void sort() {
        sort = Sort.values()[(sort.ordinal() + 1) % Sort.values().length];
        refresh();
    }

    void reverse() {
        reversed = !reversed;
        refresh();
    }

    /** Counts by the next field. */
    void by() {
        below.clear();
        by = BYS.get((BYS.indexOf(by) + 1) % BYS.size());
        refreshGroups();
    }

    /** Shows only what matches; a condition that is none changes nothing. */
    void filter(String condition) {
        String before = filter;
        filter = condition.strip();
        below.clear();
        if (!refreshGroups()) {
            filter = before;
        }
    }

    /** Asks again. */
    void refresh() {
        if (view.kind() == BrowserView.Kind.GROUPS) {
            refreshGroups();
        }
    }

    /** Goes into what is selected. */
    void open() {
        JsonObject selected = view.row();
        if (selected == null || view.kind() == BrowserView.Kind.EVENT) {
            return;
        }
        try {
            message = "";
            BrowserView next = view.kind() == BrowserView.Kind.GROUPS
                    ? BrowserView.events(
                            by + " " + selected.getString("key"),
                            source.events(condition(selected.getString("key")), EVENTS))
                    : BrowserView.event(selected);
            below.push(view);
            view = next;
        } catch (IOException | IllegalArgumentException failed) {
            message = String.valueOf(failed.getMessage());
        }
    }

    /** Goes back; false where there is nothing to go back to. */
    boolean back() {
        message = "";
        if (below.isEmpty()) {
            return false;
        }
        view = below.pop();
        return true;
    }

    private boolean refreshGroups() {
        try {
            view = groups();
            message = "";
            return true;
        } catch (IOException | IllegalArgumentException failed) {
            message = String.valueOf(failed.getMessage());
        }
        return false;
    }

    private BrowserView groups() throws IOException {
        List<JsonObject> groups = source.summary(by, filter).getJsonArray("groups").stream()
                .map(JsonObject.class::cast)
                .sorted(reversed ? sort.order.reversed() : sort.order)
                .toList();
        return BrowserView.groups(by, groups);
    }

    /** The condition that leaves the events of one group. */
    private String condition(String key) {
        String quoted = "\"" + key.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        boolean tags = by.equals("tag") || by.equals("tags");
        String field = tags ? "tags" : by;
        String one = tags ? "tags intersects (" + quoted + ")" : field + " = " + quoted;
        String group = key.isEmpty() ? "not " + field + " exists" : one;
        return filter.isEmpty() ? group : "(" + filter + ") and " + group;
    }
}
