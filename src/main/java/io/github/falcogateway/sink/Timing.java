package io.github.falcogateway.sink;

import io.github.falcogateway.rule.Grouping;
import io.github.falcogateway.rule.Throttle;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a group speaks. Immutable.
 *
 * @param groupWait from its first event to its first message
 * @param interval from one message to the next while events come; a group that is quiet for so long ends
 * @param repeat how often it says how much it was in all, where something new came
 * @param max the most messages in each {@code per}; 0 for any number
 * @param per the time of {@code max}
 * @param news whether a worse priority, tenfold growth or a rule new on its host makes it speak at once
 */
record Timing(Duration groupWait, Duration interval, Duration repeat, int max, Duration per, boolean news) {

    static Timing of(Grouping grouping, @Nullable Throttle throttle) {
        return new Timing(
                grouping.groupWait(),
                grouping.groupInterval(),
                grouping.repeatInterval(),
                throttle == null ? 0 : throttle.max(),
                throttle == null ? Duration.ZERO : throttle.per(),
                true);
    }

    /** The first message after the wait, the next ones so far apart. */
    static Timing every(Duration groupWait, Duration interval) {
        return new Timing(groupWait, interval, interval, 0, Duration.ZERO, false);
    }

    void write(Packed to) {
        to.number(groupWait.toMillis()).number(interval.toMillis()).number(repeat.toMillis());
        to.number(max).number(per.toMillis()).number(news ? 1 : 0);
    }

    static Timing read(Packed.Reader from) {
        return new Timing(
                Duration.ofMillis(from.number()),
                Duration.ofMillis(from.number()),
                Duration.ofMillis(from.number()),
                from.count(),
                Duration.ofMillis(from.number()),
                from.number() == 1);
    }

    /** Reads what an older version kept. */
    static Timing fromJson(JsonObject json) {
        return new Timing(
                Duration.ofMillis(json.getLong("wait")),
                Duration.ofMillis(json.getLong("interval")),
                Duration.ofMillis(json.getLong("repeat")),
                json.getInteger("max"),
                Duration.ofMillis(json.getLong("per")),
                json.getBoolean("news"));
    }
}
