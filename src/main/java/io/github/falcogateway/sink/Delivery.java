package io.github.falcogateway.sink;

import io.github.falcogateway.event.JournaledEvent;

/**
 * One event for one sink. Immutable.
 *
 * @param event the event with its place
 * @param route the name of the first route that sent it there; empty for the default sinks
 */
public record Delivery(JournaledEvent event, String route) {}
