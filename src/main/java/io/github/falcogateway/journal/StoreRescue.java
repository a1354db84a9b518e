package io.github.falcogateway.journal;

import io.github.falcogateway.event.EventReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a store out of what can be read of a damaged one, which is set aside. A crash in the middle leaves the one or the
 * other.
 */
final class StoreRescue {

    private static final Logger LOG = LoggerFactory.getLogger(StoreRescue.class);

    private StoreRescue() {}

    /** Ends what a crash interrupted after the damaged file was set aside. */
    static void goOn(Path file) throws IOException {
        if (!Files.exists(file) && Files.exists(made(file))) {
            put(file);
        }
    }

    private static void put(Path file) throws IOException {
        Repair.setAside(file);
        Files.move(made(file), file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Writes what can be read of a damaged file, sets that aside and takes its place. */
    static StoreTables rescued(Path file, EventReader events) throws SQLException, IOException {
        Path made = made(file);
        SegmentFile.delete(made);
        int rows;
        try (StoreTables tables = StoreTables.open(made, events)) {
            tables.begin();
            rows = copy(file, tables);
            tables.commit();
        }
        WalFile.mustBeEmpty(made);
        put(file);
        LOG.error(
                "journal: {} was damaged and is set aside as {}: {} rows of it are kept; a sink whose place is lost begins"
                        + " with the oldest event",
                file.getFileName(),
                Repair.aside(file).getFileName(),
                rows);
        return StoreTables.open(file, events);
    }

    private static int copy(Path damaged, StoreTables to) throws SQLException {
        Connection old;
        try {
            old = Sqlite.reader(damaged, true);
        } catch (SQLException unreadable) {
            LOG.debug("{}: {}", damaged, unreadable.toString());
            return 0;
        }
        try {
            return to.copy(old);
        } finally {
            Sqlite.closeQuietly(old);
        }
    }

    private static Path made(Path file) {
        return file.resolveSibling(file.getFileName() + ".rescued");
    }
}
