package io.github.falcogateway.journal;

import io.github.falcogateway.event.RejectReason;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the quarantine and the dead letters from growing without end. Confined to the store's thread. */
final class Clearing {

    /** For each reason: a flood of one must not push out the others. */
    private static final int QUARANTINE_ROWS = 500;

    private static final int QUARANTINE_STEP = 50;
    /** For each sink. */
    private static final int DEAD_ROWS = 100_000;

    private static final int DEAD_STEP = 1000;
    private static final Logger LOG = LoggerFactory.getLogger(Clearing.class);

    /** Runs a statement; how many rows it changed. */
    interface Update {
        int run(String sql, Object... values) throws SQLException;
    }

    private final Update update;
    private final Set<RejectReason> reasons = EnumSet.noneOf(RejectReason.class);
    private final Map<String, Integer> buried = new HashMap<>();
    private int rejected;

    Clearing(Update update) {
        this.update = update;
    }

    /** One more was rejected. */
    void rejected(RejectReason reason) throws SQLException {
        reasons.add(reason);
        if (++rejected < QUARANTINE_STEP) {
            return;
        }
        rejected = 0;
        for (RejectReason full : reasons) {
            update.run(
                    "DELETE FROM quarantine WHERE reason = ?1 AND n <= (SELECT n FROM quarantine WHERE reason = ?1"
                            + " ORDER BY n DESC LIMIT 1 OFFSET ?2)",
                    full.name(),
                    QUARANTINE_ROWS);
        }
        reasons.clear();
    }

    /** So many more of a sink's are dead; the oldest that are let go are in the journal as long as it keeps anything. */
    void dead(String sink, int letters) throws SQLException {
        if (buried.merge(sink, letters, Integer::sum) < DEAD_STEP) {
            return;
        }
        buried.put(sink, 0);
        int gone = update.run(
                "DELETE FROM dead WHERE sink = ?1 AND id <= (SELECT id FROM dead WHERE sink = ?1 ORDER BY id DESC"
                        + " LIMIT 1 OFFSET ?2)",
                sink,
                DEAD_ROWS);
        if (gone > 0) {
            LOG.error("sink {} has more than {} dead letters: the oldest {} are let go", sink, DEAD_ROWS, gone);
        }
    }
}
