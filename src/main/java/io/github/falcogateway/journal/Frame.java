package io.github.falcogateway.journal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events of one commit in one row: far cheaper than a row each. Ids rise by one from the first. Immutable.
 *
 * @param body its events one after the other, or, where there are several, {@link PackedBody}
 */
record Frame(long firstId, int count, byte[] body) {

    static final int MAX_EVENTS = 1000;

    long lastId() {
        return firstId + count - 1;
    }

    /** The kept forms in their order, null for one that is damaged. */
    List<byte @Nullable []> unpack() {
        List<byte @Nullable []> events = new ArrayList<>(count);
        parts().forEach(part -> events.addAll(part.unpack()));
        return events;
    }

    /** What can be read by itself, in the order of the ids, so that who wants one event need not unpack them all. */
    List<FramePart> parts() {
        return PackedBody.is(body) ? PackedBody.parts(this) : List.of(new FramePart(firstId, count, body));
    }

    /** The part that has an event, an empty one where none has. */
    FramePart part(long id) {
        return parts().stream()
                .filter(part -> id >= part.firstId() && id <= part.lastId())
                .findFirst()
                .orElseGet(() -> new FramePart(id, 0, new byte[0]));
    }
}
