package io.github.falcogateway.live;

import io.github.falcogateway.codec.Timestamps;
import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.filter.Definitions;
import io.github.falcogateway.filter.Filter;
import io.github.falcogateway.filter.Rough;
import io.github.falcogateway.journal.Search;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which events somebody asks for. Immutable.
 *
 * @param filter null for all
 * @param since the earliest time of an event, null for any
 * @param until the first time that is too late, null for none
 */
public record Query(
        @Nullable Filter filter,
        @Nullable Instant since,
        @Nullable Instant until) {

    private static final Pattern AGO = Pattern.compile("(\\d+)([smhdw])");
    private static final int MAX_CONDITION = 16_384;

    /**
     * Reads a condition; null for an empty one.
     *
     * @throws io.github.falcogateway.filter.FilterException where it is none
     */
    public static @Nullable Filter filter(@Nullable String condition) {
        if (condition == null || condition.isBlank()) {
            return null;
        }
        if (condition.length() > MAX_CONDITION) {
            throw new IllegalArgumentException("the filter is longer than " + MAX_CONDITION + " characters");
        }
        return Filter.compile(condition, Definitions.none());
    }

    /**
     * Reads a time: RFC 3339, seconds or milliseconds since 1970, or how long ago, such as {@code 10m}; null where there is none.
     *
     * @throws IllegalArgumentException where the text is none of these
     */
    public static @Nullable Instant time(@Nullable String text, Instant now) {
        if (text == null || text.isBlank()) {
            return null;
        }
        // A plus that nobody has encoded in an address, as of date -Iseconds, comes as a blank.
        Instant exact = Timestamps.parse(text.replaceFirst(" (?=\\d\\d:?\\d\\d$)", "+"));
        if (exact != null) {
            return exact;
        }
        if (text.matches("\\d{9,11}")) {
            return Instant.ofEpochSecond(Long.parseLong(text));
        }
        if (text.matches("\\d{12,14}")) {
            return Instant.ofEpochMilli(Long.parseLong(text));
        }
        if (text.matches("(?:\\d{1,6}[smhdw]){1,5}")) {
            return now.minus(ago(text));
        }
        throw new IllegalArgumentException(
                "a time is RFC 3339, seconds or milliseconds since 1970, or how long ago such as 30s, 10m, 1h30m, 7d");
    }

    private static Duration ago(String text) {
        Duration sum = Duration.ZERO;
        Matcher part = AGO.matcher(text);
        while (part.find()) {
            Duration unit = switch (part.group(2)) {
                case "s" -> Duration.ofSeconds(1);
                case "m" -> Duration.ofMinutes(1);
                case "h" -> Duration.ofHours(1);
                case "d" -> Duration.ofDays(1);
                default -> Duration.ofDays(7);
            };
            sum = sum.plus(unit.multipliedBy(Long.parseLong(part.group(1))));
        }
        return sum;
    }

    /** Whether the event is one that is asked for. */
    public boolean takes(FalcoEvent event) {
        Instant at = event.time();
        return (since == null || !at.isBefore(since))
                && (until == null || at.isBefore(until))
                && (filter == null || filter.test(event));
    }

    /** What the journal's index is asked. */
    Search search() {
        if (filter == null) {
            return new Search(outline -> true, null, since, until);
        }
        Rough rough = filter.rough();
        return new Search(rough::test, rough.byTime() ? rough::testTimed : null, since, until);
    }

    /** Whether the index decides alone. */
    boolean exact() {
        return filter == null || filter.rough().exact();
    }
}
