package io.github.falcogateway.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the first place of a sink survives a power cut: without one the sink would begin at the journal's end, past
 * what was meant for it. Later places are synced when the kernel likes; where one is lost, events come again. Confined to the
 * store's thread.
 */
final class FirstPlaces {

    private static final Logger LOG = LoggerFactory.getLogger(FirstPlaces.class);

    private final Connection connection;
    private final Set<String> placed = new HashSet<>();
    private boolean unsynced;

    FirstPlaces(Connection connection) {
        this.connection = connection;
    }

    void written(String sink) {
        unsynced |= placed.add(sink);
    }

    void forgotten(String sink) {
        placed.remove(sink);
    }

    /** What was written is committed. */
    void committed() {
        if (!unsynced) {
            return;
        }
        try {
            // Syncs the write-ahead log before it moves it.
            Sqlite.run(connection, "PRAGMA wal_checkpoint(PASSIVE)");
            unsynced = false;
        } catch (SQLException later) {
            LOG.warn("the first place of a sink does not survive a power cut yet: {}", later.getMessage());
        }
    }
}
