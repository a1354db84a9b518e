package io.github.falcogateway.sink;

/** What a sink is doing. */
public enum SinkState {
    /** Delivering, or waiting for events. */
    RUNNING,
    /** Waiting after a fault, then trying again. */
    RETRYING,
    /** Stopped by a fault that trying again does not cure; resume it after the cure. */
    HELD,
    /** Stopped by an operator. */
    PAUSED;

    /** The word in {@code /api/sinks}. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
