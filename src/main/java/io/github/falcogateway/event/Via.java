package io.github.falcogateway.event;

import java.util.Locale;

/** The transport an event came by. */
public enum Via {
    HTTP,
    GRPC,
    IMPORT,
    TEST;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The word in the kept event and in metrics, such as {@code http}. */
    public String label() {
        return label;
    }
}
