package io.github.falcogateway.sink;

import java.util.Locale;

/** Why events are told together. */
public enum Form {
    /** They are a group of their route. */
    GROUP,
    /** A throttle, or the same told before, held them. */
    HELD,
    /** They came too fast to be told one by one. */
    STORM,
    /** Once a day, counted. */
    DIGEST,
    /** A silence held them, which is over. */
    SILENCE,
    /** The gateway itself says something; no event was held. */
    NOTICE,
    /** Never told: the event explains others away. */
    MARK;

    /** The word in what is kept. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Form of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
