package io.github.falcogateway.journal;

/** Another process has the data folder. */
public final class JournalLockedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    JournalLockedException(String message) {
        super(message);
    }
}
