package io.github.falcogateway.event;

/** Reads a kept event back into a value. Thread-safe. */
@FunctionalInterface
public interface EventReader {

    /**
     * Reads one kept event.
     *
     * @param id its place in the journal
     * @param kept the kept form, as {@link JournaledEvent#json}
     */
    JournaledEvent read(long id, byte[] kept);
}
