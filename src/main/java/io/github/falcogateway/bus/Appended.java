package io.github.falcogateway.bus;

import io.github.falcogateway.event.JournaledEvent;
import java.util.List;

/**
 * What the journal has newly taken, in order. Immutable.
 *
 * @param events at least one, ids rising by one
 * @param dispatched to be told once when the rule table has been asked for all of them: the journal waits for a table
 *     that is slower than it
 */
public record Appended(List<JournaledEvent> events, Runnable dispatched) {

    /** The first event's place. */
    public long firstId() {
        return events.get(0).id();
    }

    /** The last event's place. */
    public long lastId() {
        return events.get(events.size() - 1).id();
    }
}
