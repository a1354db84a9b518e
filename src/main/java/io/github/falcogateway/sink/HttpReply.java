package io.github.falcogateway.sink;

import io.vertx.core.MultiMap;

/**
 * What came back for one request. Immutable.
 *
 * @param body the start of the answer; never shown, as it may repeat what was sent
 */
public record HttpReply(int status, MultiMap headers, String body) {

    /** Whether the receiver has it. */
    public boolean isOk() {
        return status >= 200 && status < 300;
    }
}
