package io.github.falcogateway.intake;

/** A source sends faster than it may. */
public final class TooFastException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int retrySeconds;

    TooFastException(int retrySeconds) {
        super("over limits.per_source", null, false, false);
        this.retrySeconds = retrySeconds;
    }

    /** After how many seconds it may send again. */
    public int retrySeconds() {
        return retrySeconds;
    }
}
