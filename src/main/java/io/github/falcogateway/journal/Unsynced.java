package io.github.falcogateway.journal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * From which id on a file of the log is not to be read: it is written and not synced. Where the sync fails it stays so, as
 * those events were refused or are in the next file. Thread-safe.
 */
final class Unsynced {

    private final Map<Long, Long> ids = new ConcurrentHashMap<>();

    /** The file of this first id is written to from that id on. */
    void begin(long file, long id) {
        ids.put(file, id);
    }

    /** All that the file holds is synced. */
    void end(long file) {
        ids.remove(file);
    }

    /** The first id that is not to be read of a file. */
    long from(long file) {
        return ids.getOrDefault(file, Long.MAX_VALUE);
    }
}
