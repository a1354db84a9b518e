package io.github.falcogateway.journal;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the writer has to do with the files of the log, by their first ids. Thread-safe. */
final class Writing {

    private final Set<Long> inUse = ConcurrentHashMap.newKeySet();
    private final Map<Long, Long> unsynced = new ConcurrentHashMap<>();
    private volatile long abandoned = -1;

    /** It has the file open, which is neither repaired nor removed meanwhile. */
    void use(long file) {
        inUse.add(file);
    }

    /** It has closed the file. */
    void leave(long file) {
        inUse.remove(file);
    }

    boolean isInUse(long file) {
        return inUse.contains(file);
    }

    /** The file is damaged: it is to be left, and then repaired. */
    void abandon(long file) {
        abandoned = file;
    }

    boolean isAbandoned(long file) {
        return abandoned == file;
    }

    /** The file is written to from this id on. */
    void begin(long file, long id) {
        unsynced.put(file, id);
    }

    /** All that the file holds is synced. */
    void end(long file) {
        unsynced.remove(file);
    }

    /**
     * From which id on the file is not to be read: it is written and not synced. Where the sync fails it stays so, as those
     * events were refused or are in the next file.
     */
    long unsyncedFrom(long file) {
        return unsynced.getOrDefault(file, Long.MAX_VALUE);
    }
}
