package io.github.falcogateway.rule;

import java.time.Duration;
import java.util.List;

/**
 * How long an event that looks like one just told is not told again. Immutable.
 *
 * @param window from the one that is told
 * @param by the fields whose values make two events alike
 */
public record Dedup(Duration window, List<String> by) {

    public Dedup {
        by = List.copyOf(by);
    }

    /** What two events that say the same have in common. */
    public static List<String> alike() {
        return List.of("host", "rule", "message");
    }
}
