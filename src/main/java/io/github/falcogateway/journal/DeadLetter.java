package io.github.falcogateway.journal;

import io.github.falcogateway.event.JournaledEvent;
import java.time.Instant;

/**
 * An event that a sink gave up on. Immutable.
 *
 * @param event the event, kept here whole: the journal may forget it
 * @param route the route that sent it there; empty for the default sinks
 * @param reason one of the sink's fault reasons
 * @param detail one line for people
 * @param at when the sink gave up
 */
public record DeadLetter(JournaledEvent event, String route, String reason, String detail, Instant at) {}
