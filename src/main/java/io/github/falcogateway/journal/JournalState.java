package io.github.falcogateway.journal;

/**
 * Where a journal stands. Immutable.
 *
 * @param firstId the oldest event still there; {@code lastId + 1} when there is none
 * @param lastId the newest event taken, held ones included; 0 when there never was one
 * @param bytes its size on disk
 * @param heldEvents how many events only memory holds
 * @param forcedOut how many events {@code keep.size} took since the start before every sink had had them
 * @param damaged how many events were found lost since the start because the disk did not keep them
 * @param fault what keeps it from being durable, in one line; empty when nothing does
 */
public record JournalState(
        long firstId, long lastId, long bytes, int heldEvents, long forcedOut, long damaged, String fault) {

    /** Whether events are durable before they are answered. */
    public boolean durable() {
        return fault.isEmpty();
    }
}
