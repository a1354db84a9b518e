package io.github.falcogateway.codec;

import io.github.falcogateway.event.RejectReason;

/** The bytes are no event; the message says in one line what is wrong and what would be right. */
final class DecodeException extends Exception {

    private static final long serialVersionUID = 1;

    private final RejectReason reason;

    DecodeException(RejectReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    RejectReason reason() {
        return reason;
    }
}
