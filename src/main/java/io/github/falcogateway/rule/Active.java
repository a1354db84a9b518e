package io.github.falcogateway.rule;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * When a route applies, by the clock on the wall of a time zone. Immutable.
 *
 * @param days the days on which hours begin; none means all
 * @param hours the hours of a day; none means all
 * @param timezone whose clock, daylight saving included
 */
public record Active(Set<DayOfWeek> days, List<Hours> hours, ZoneId timezone) {

    public Active {
        days = Set.copyOf(days);
        hours = List.copyOf(hours);
    }

    /**
     * From one time to before another; past midnight where it ends before it begins, the whole day where they are the
     * same. Immutable.
     */
    public record Hours(LocalTime from, LocalTime to) {}

    /** Whether the time lies within: night hours belong to the day on which they began. */
    public boolean covers(Instant time) {
        ZonedDateTime local = time.atZone(timezone);
        LocalTime clock = local.toLocalTime();
        boolean today = isDay(local.getDayOfWeek());
        if (hours.isEmpty()) {
            return today;
        }
        boolean yesterday = isDay(local.getDayOfWeek().minus(1));
        for (Hours range : hours) {
            boolean overnight = range.to.isBefore(range.from);
            boolean begun = !clock.isBefore(range.from);
            boolean open = clock.isBefore(range.to);
            boolean within = overnight
                    ? (begun && today) || (open && yesterday)
                    : today && (range.from.equals(range.to) || (begun && open));
            if (within) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        if (!days.isEmpty()) {
            parts.add(days.stream()
                    .sorted()
                    .map(day -> day.getDisplayName(TextStyle.SHORT, Locale.ROOT))
                    .collect(Collectors.joining(",")));
        }
        if (!hours.isEmpty()) {
            parts.add(hours.stream().map(range -> range.from + "-" + range.to).collect(Collectors.joining(",")));
        }
        parts.add(timezone.getId());
        return "active " + String.join(" ", parts);
    }

    private boolean isDay(DayOfWeek day) {
        return days.isEmpty() || days.contains(day);
    }
}
