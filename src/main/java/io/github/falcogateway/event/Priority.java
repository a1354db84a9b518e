package io.github.falcogateway.event;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How bad a rule's author thinks the event is; ordered from worst to least, as Falco's own enumeration. Immutable.
 *
 * @see <a href="https://falco.org/docs/concepts/rules/basic-elements/#priority">Falco: priority</a>
 */
public enum Priority {
    EMERGENCY(0, "Emergency"),
    ALERT(1, "Alert"),
    CRITICAL(2, "Critical"),
    ERROR(3, "Error"),
    WARNING(4, "Warning"),
    NOTICE(5, "Notice"),
    INFORMATIONAL(6, "Informational"),
    DEBUG(7, "Debug");

    private static final Map<String, Priority> BY_NAME = Map.of(
            "emergency", EMERGENCY,
            "alert", ALERT,
            "critical", CRITICAL,
            "error", ERROR,
            "warning", WARNING,
            "notice", NOTICE,
            "informational", INFORMATIONAL,
            "info", INFORMATIONAL,
            "debug", DEBUG);

    private final int severity;
    private final String label;

    Priority(int severity, String label) {
        this.severity = severity;
        this.label = label;
    }

    /** The name as Falco spells it, such as {@code Informational}. */
    public String label() {
        return label;
    }

    /** The severity as a number: 0 for Emergency to 7 for Debug. */
    public int severity() {
        return severity;
    }

    /** Whether this is as bad as {@code other} or worse. */
    public boolean atLeast(Priority other) {
        return severity <= other.severity;
    }

    /** Reads a priority in any case; {@code info} is Falco's short form of Informational. Empty for another word. */
    public static Optional<Priority> parse(String text) {
        return Optional.ofNullable(BY_NAME.get(text.toLowerCase(Locale.ROOT)));
    }
}
