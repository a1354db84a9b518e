package io.github.falcogateway.config;

import io.github.falcogateway.rule.Active;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads what a route says of time: when it is active. */
final class RouteParts {

    private static final int DAYS = 7;

    private RouteParts() {}

    static void read(Section route, Definition definition) {
        if (route.has("active")) {
            definition.active = active(route.section("active"));
        }
        route.take("active");
        QuietParts.read(route, definition);
    }

    private static @Nullable Active active(Section section) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (Section.Text day : texts(section, "days")) {
            if (!addDays(day.text(), days)) {
                section.source()
                        .problem(day.node(), "days are such as mon, mon-fri, saturday, not \"" + day.text() + "\"");
            }
        }
        List<Active.Hours> hours = new ArrayList<>();
        for (Section.Text range : texts(section, "hours")) {
            Active.Hours read = hours(range.text());
            if (read == null) {
                section.source().problem(range.node(), "hours are such as 22:00-06:00, not \"" + range.text() + "\"");
            } else {
                hours.add(read);
            }
        }
        ZoneId zone = section.parsed(
                "timezone", ZoneId.systemDefault(), RouteParts::zone, "a time zone such as Europe/Berlin or UTC");
        section.end();
        return new Active(days, hours, zone);
    }

    /** One text or a list of them. */
    private static List<Section.Text> texts(Section section, String key) {
        Node value = section.take(key);
        if (!(value instanceof ScalarNode)) {
            return section.texts(key);
        }
        String text = section.text(key);
        return text == null ? List.of() : List.of(new Section.Text(text, value));
    }

    private static boolean addDays(String text, Set<DayOfWeek> days) {
        String[] ends = text.split("-", 2);
        DayOfWeek from = day(ends[0]);
        DayOfWeek to = ends.length == 1 ? from : day(ends[1]);
        if (from == null || to == null) {
            return false;
        }
        int count = (to.getValue() - from.getValue() + DAYS) % DAYS;
        for (int i = 0; i <= count; i++) {
            days.add(from.plus(i));
        }
        return true;
    }

    private static @Nullable DayOfWeek day(String text) {
        String wanted = text.strip().toUpperCase(Locale.ROOT);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (wanted.length() >= 3 && day.name().startsWith(wanted)) {
                return day;
            }
        }
        return null;
    }

    private static Active.@Nullable Hours hours(String text) {
        String[] ends = text.split("-", 2);
        if (ends.length != 2) {
            return null;
        }
        try {
            return new Active.Hours(time(ends[0].strip()), time(ends[1].strip()));
        } catch (DateTimeException bad) {
            return null;
        }
    }

    /** {@code 24:00} is the next midnight, {@code 7:00} a time as well. */
    private static LocalTime time(String text) {
        if (text.equals("24:00")) {
            return LocalTime.MIDNIGHT;
        }
        return LocalTime.parse(text.length() == 4 ? "0" + text : text);
    }

    private static @Nullable ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException unknown) {
            return null;
        }
    }
}
