package io.github.falcogateway.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations such as {@code 1h30m} and sizes such as {@code 4MiB}. */
public final class Units {

    private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m|h|d|w)");
    private static final Pattern RATE = Pattern.compile("(\\d{1,9})(?:/(s|m|min|h))?");
    private static final Pattern SIZE = Pattern.compile("(\\d+)\\s*([A-Za-z]*)");
    private static final Map<String, Duration> TIMES = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1),
            "w", Duration.ofDays(7));
    private static final Map<String, Long> SIZES = Map.of(
            "", 1L,
            "B", 1L,
            "kB", 1_000L,
            "KB", 1_000L,
            "MB", 1_000_000L,
            "GB", 1_000_000_000L,
            "KiB", 1L << 10,
            "MiB", 1L << 20,
            "GiB", 1L << 30,
            "TiB", 1L << 40);

    /** As Falco's YAML reader spells them; each also in capitals or with one. */
    private static final Map<String, Boolean> BOOLEANS = Map.of(
            "true", true, "yes", true, "on", true, "y", true, "false", false, "no", false, "off", false, "n", false);

    private Units() {}

    /** Yes or no; null where the text is neither. */
    static @Nullable Boolean bool(String text) {
        boolean even = text.isEmpty()
                || text.substring(1).equals(text.substring(1).toLowerCase(Locale.ROOT))
                || text.equals(text.toUpperCase(Locale.ROOT));
        return even ? BOOLEANS.get(text.toLowerCase(Locale.ROOT)) : null;
    }

    /** The duration, where nothing needs no unit; null where the text is none. */
    static @Nullable Duration duration(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Matcher part = DURATION.matcher(text);
        Duration sum = Duration.ZERO;
        int at = 0;
        while (part.find() && part.start() == at) {
            Duration unit = TIMES.get(part.group(2));
            if (unit == null || part.group(1).length() > 9) {
                return null;
            }
            sum = sum.plus(unit.multipliedBy(Long.parseLong(part.group(1))));
            at = part.end();
        }
        return at == text.length() && at > 0 ? sum : null;
    }

    /** The duration in the fewest such units down to a millisecond, such as {@code 1h30m}. */
    public static String text(Duration duration) {
        StringBuilder text = new StringBuilder();
        Duration rest = duration;
        for (String unit : List.of("d", "h", "m", "s", "ms")) {
            Duration one = TIMES.getOrDefault(unit, Duration.ofMillis(1));
            long count = rest.dividedBy(one);
            rest = rest.minus(one.multipliedBy(count));
            text.append(count == 0 ? "" : count + unit);
        }
        return text.isEmpty() ? "0s" : text.toString();
    }

    /** Events a second of {@code 500}, {@code 500/s}, {@code 3000/m}; -1 where the text is no rate. */
    static double rate(String text) {
        Matcher rate = RATE.matcher(text);
        if (!rate.matches()) {
            return -1;
        }
        Duration unit = TIMES.get(rate.group(2) == null ? "s" : rate.group(2).equals("min") ? "m" : rate.group(2));
        return unit == null ? -1 : Long.parseLong(rate.group(1)) * 1000.0 / unit.toMillis();
    }

    /** The bytes; -1 where the text is no size. */
    static long size(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches() || size.group(1).length() > 12) {
            return -1;
        }
        Long unit = SIZES.get(size.group(2));
        long count = Long.parseLong(size.group(1));
        return unit == null || count > Long.MAX_VALUE / unit ? -1 : count * unit;
    }
}
