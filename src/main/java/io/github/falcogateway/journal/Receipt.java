package io.github.falcogateway.journal;

/**
 * The journal has the events. Immutable.
 *
 * @param firstId the place of the first
 * @param lastId the place of the last
 * @param durable whether a restart finds them again; false while the disk refuses and memory holds them
 */
public record Receipt(long firstId, long lastId, boolean durable) {}
