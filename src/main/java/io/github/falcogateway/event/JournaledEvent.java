package io.github.falcogateway.event;

/**
 * An event with its place in the journal. Immutable; the byte array is shared and never written to.
 *
 * @param id the place: 1, 2, 3, … without gaps but for a lost disk
 * @param event the event with its sender known
 * @param json the kept form: the sender's object on one line, {@code hostname} set, {@code gateway} appended; UTF-8
 */
public record JournaledEvent(long id, FalcoEvent event, byte[] json) {}
