package io.github.falcogateway.intake;

/** Nothing can take the events now: neither the disk nor the bounded memory. The sender should come again. */
public final class CannotKeepException extends RuntimeException {

    private static final long serialVersionUID = 1;

    CannotKeepException(Throwable cause) {
        super(cause.getMessage(), cause, false, false);
    }
}
