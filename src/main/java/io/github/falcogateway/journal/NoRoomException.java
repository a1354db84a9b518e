package io.github.falcogateway.journal;

/** Neither the disk nor the bounded memory can take the events; the sender should come again later. */
public final class NoRoomException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public NoRoomException(String message) {
        super(message);
    }
}
