package io.github.falcogateway.sink;

import java.io.IOException;

/** What a sink took since its last flush that succeeded is not on the disk, and has to come again. */
public final class UnsyncedException extends IOException {

    private static final long serialVersionUID = 1;

    public UnsyncedException(String message) {
        super(message);
    }
}
