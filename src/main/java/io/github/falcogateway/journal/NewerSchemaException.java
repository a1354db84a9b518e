package io.github.falcogateway.journal;

/** The store was written by a later version of the gateway: this one would spoil it. */
public final class NewerSchemaException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NewerSchemaException(int found, int known) {
        super("state.db is of version " + found + ", made by a newer gateway; this one knows " + known
                + ": run the newer one, or restore a backup made before");
    }
}
