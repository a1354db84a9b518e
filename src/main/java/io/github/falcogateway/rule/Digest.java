package io.github.falcogateway.rule;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * Tells a route's events once a day, counted. Immutable.
 *
 * @param at the time of the day
 * @param timezone whose day
 * @param by the columns of the table, such as rule and host
 */
public record Digest(LocalTime at, ZoneId timezone, List<String> by) {

    public Digest {
        by = List.copyOf(by);
    }

    /** The next time after now; a time that a day lacks comes as soon as the clock has passed it. */
    public Instant next(Instant now) {
        ZonedDateTime today = now.atZone(timezone);
        ZonedDateTime due = today.toLocalDate().atTime(at).atZone(timezone);
        return due.toInstant().isAfter(now)
                ? due.toInstant()
                : today.toLocalDate().plusDays(1).atTime(at).atZone(timezone).toInstant();
    }
}
