package io.github.falcogateway.live;

import io.github.falcogateway.event.JournaledEvent;
import io.vertx.core.buffer.Buffer;

/**
 * One event as a stream tells it; made once, for all clients. Immutable.
 *
 * @param id its place in the journal
 */
record Frame(long id, Buffer text) {

    static Frame of(JournaledEvent event) {
        return new Frame(
                event.id(),
                Buffer.buffer(event.json().length + 64)
                        .appendString("id: " + event.id() + "\nevent: falco\ndata: ")
                        .appendBytes(event.json())
                        .appendString("\n\n"));
    }
}
