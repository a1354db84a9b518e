package io.github.falcogateway.sink;

import io.github.falcogateway.event.JournaledEvent;
import org.jspecify.annotations.Nullable;

/**
 * One event for one sink. Immutable.
 *
 * @param event the event with its place
 * @param route the name of the first route that sent it there; empty for the default sinks
 * @param summary the events it stands for, itself the newest of them; null where it stands for itself
 */
public record Delivery(
        JournaledEvent event, String route, @Nullable Summary summary) {

    /** An event that stands for itself. */
    public Delivery(JournaledEvent event, String route) {
        this(event, route, null);
    }
}
