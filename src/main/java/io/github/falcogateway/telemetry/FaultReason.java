package io.github.falcogateway.telemetry;

import java.util.Locale;

/** Why a sink could not deliver; the closed list of metrics and {@code /api/sinks}. */
public enum FaultReason {
    /** No connection: refused, no route, no name. */
    UNREACHABLE,
    /** No answer within the sink's timeout. */
    TIMEOUT,
    /** The receiver asks to wait. */
    RATE_LIMITED,
    /** The receiver is ill: 5xx. */
    SERVER_ERROR,
    /** The receiver does not know us: 401, 403. */
    UNAUTHORIZED,
    /** The address leads nowhere: 404, 410. */
    NOT_FOUND,
    /** The receiver refuses this event for good: another 4xx. */
    REFUSED,
    /** Older than {@code retry.max_age}. */
    EXPIRED,
    /** A local disk is full or broken. */
    DISK,
    /** Our own fault. */
    INTERNAL;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The word in metrics, such as {@code server_error}. */
    public String label() {
        return label;
    }
}
