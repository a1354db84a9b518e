package io.github.falcogateway.rule;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.filter.Filter;
import java.time.Instant;

/**
 * A time in which people are not told of some events; they are kept and counted all the same. Immutable.
 *
 * @param id its number as text
 * @param filter which events
 * @param author who asked for it
 * @param comment why
 * @param from when it begins
 * @param until when it ends
 */
public record Silence(String id, Filter filter, String author, String comment, Instant from, Instant until) {

    /** Whether people are not told of the event now. */
    public boolean holds(FalcoEvent event, Instant now) {
        return active(now) && filter.test(event);
    }

    /** The condition as it was written. */
    public String condition() {
        return filter.text();
    }

    public boolean active(Instant now) {
        return !now.isBefore(from) && now.isBefore(until);
    }
}
