package io.github.falcogateway.ingest.grpc;

import java.util.Locale;

/** How a source is. */
public enum SourceState {
    /** A connection is being made. */
    CONNECTING,
    /** Falco is asked for events. */
    CONNECTED,
    /** Falco is not asked, since the journal takes nothing now. */
    PAUSED,
    /** There is no connection; the next one is made in a moment. */
    WAITING,
    /** It is configured no more, or the gateway stops. */
    STOPPED;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The word in the API and in metrics. */
    public String label() {
        return label;
    }
}
