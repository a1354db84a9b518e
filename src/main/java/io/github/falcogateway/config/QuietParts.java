package io.github.falcogateway.config;

import io.github.falcogateway.filter.FilterException;
import io.github.falcogateway.filter.Value;
import io.github.falcogateway.rule.Dedup;
import io.github.falcogateway.rule.Digest;
import io.github.falcogateway.rule.Grouping;
import io.github.falcogateway.rule.Inhibit;
import io.github.falcogateway.rule.Quiet;
import io.github.falcogateway.rule.Throttle;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a route says of holding back: groups, throttles, doubles, echoes, digests. */
final class QuietParts {

    private static final Pattern SEEN_WITHIN = Pattern.compile("(?s)(.*\\S)\\s+seen\\s+within\\s+(\\S+)\\s*");

    private QuietParts() {}

    static void read(Section route, Definition definition) {
        if (route.has("group")) {
            definition.group = group(route.section("group"));
        }
        if (route.has("throttle")) {
            definition.throttle = throttle(route.section("throttle"));
        }
        Quiet before = definition.quiet;
        if (route.has("inhibit")) {
            definition.inhibit = route.place("inhibit");
        }
        definition.quiet = new Quiet(
                route.has("dedup") ? dedup(route.section("dedup")) : before.dedup(),
                route.has("inhibit") ? inhibit(route.section("inhibit")) : before.inhibit(),
                route.has("digest") ? digest(route.section("digest")) : before.digest());
        for (String key : List.of("group", "throttle", "dedup", "inhibit", "digest")) {
            route.take(key);
        }
    }

    private static Grouping group(Section section) {
        Grouping defaults = Grouping.defaults();
        Grouping group = new Grouping(
                fields(section, "by", defaults.by()),
                section.duration("wait", defaults.groupWait()),
                positive(section, "interval", defaults.groupInterval()),
                positive(section, "repeat", defaults.repeatInterval()),
                Math.max(1, section.integer("max_groups", defaults.maxGroups())));
        section.end();
        return group;
    }

    private static Throttle throttle(Section section) {
        for (String key : List.of("max", "per")) {
            if (!section.has(key)) {
                section.problem(key, "throttle needs " + key + ": such as {max: 5, per: 1m, by: [host, rule]}");
            }
        }
        Throttle throttle = new Throttle(
                section.integer("max", 1),
                positive(section, "per", Duration.ofMinutes(1)),
                fields(section, "by", List.of()));
        section.end();
        return throttle;
    }

    private static Dedup dedup(Section section) {
        if (!section.has("window")) {
            section.problem("window", "dedup needs window: such as {window: 10m, by: [host, rule, message]}");
        }
        Dedup dedup =
                new Dedup(positive(section, "window", Duration.ofMinutes(1)), fields(section, "by", Dedup.alike()));
        section.end();
        return dedup;
    }

    /** {@code when: CONDITION seen within DURATION}, or the duration under {@code within}. */
    private static @Nullable Inhibit inhibit(Section section) {
        String when = section.text("when", "");
        Duration within = section.duration("within", Duration.ofMinutes(5));
        Matcher both = SEEN_WITHIN.matcher(when);
        if (both.matches()) {
            Duration written = Units.duration(both.group(2));
            if (written == null) {
                section.problem("when", "seen within must be followed by a duration such as 10m");
            }
            when = both.group(1);
            within = written == null ? within : written;
        }
        if (when.isBlank()) {
            section.problem(
                    "when", "inhibit needs when: such as {when: priority >= Critical, within: 10m, same: [host]}");
        }
        List<String> same = fields(section, "same", List.of("host"));
        section.end();
        return when.isBlank() ? null : new Inhibit(when, within, same);
    }

    private static Digest digest(Section section) {
        Digest digest = new Digest(
                section.parsed("at", LocalTime.of(8, 0), QuietParts::time, "a time of the day such as \"08:00\""),
                section.parsed(
                        "timezone", ZoneId.systemDefault(), QuietParts::zone, "a time zone such as Europe/Berlin"),
                fields(section, "by", List.of("rule", "host")));
        section.end();
        return digest;
    }

    private static Duration positive(Section section, String key, Duration otherwise) {
        Duration duration = section.duration(key, otherwise);
        if (duration.isZero()) {
            section.problem(key, key + " must be longer than 0s");
            return otherwise;
        }
        return duration;
    }

    private static List<String> fields(Section section, String key, List<String> otherwise) {
        if (!section.has(key)) {
            section.take(key);
            return otherwise;
        }
        List<String> fields = new ArrayList<>();
        for (Section.Text field : section.texts(key)) {
            try {
                fields.add(Value.of(field.text()).name());
            } catch (FilterException bad) {
                section.source().problem(field.node(), String.valueOf(bad.getMessage()));
            }
        }
        return fields;
    }

    private static @Nullable LocalTime time(String text) {
        try {
            return LocalTime.parse(text.length() == 4 ? "0" + text : text);
        } catch (DateTimeException bad) {
            return null;
        }
    }

    private static @Nullable ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException unknown) {
            return null;
        }
    }
}
