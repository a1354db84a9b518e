package io.github.falcogateway.journal;

import io.github.falcogateway.telemetry.JournalMeters;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the journal had come, kept beside it a few times a second: a file that lost its end does not look as if it did.
 * Confined to the writer's thread.
 */
final class JournalEnd {

    private static final Logger LOG = LoggerFactory.getLogger(JournalEnd.class);
    private static final String OWNER = "journal";
    private static final String NAME = "end";
    private static final long EVERY_NANOS = 200_000_000;

    private final Store store;
    private long kept;
    private long keptAt = System.nanoTime();
    private Future<Void> keeping = Future.succeededFuture();

    JournalEnd(Store store, long lastId) {
        this.store = store;
        this.kept = lastId;
    }

    /** What was kept before this start; 0 where nothing was. Blocking. */
    static long of(Store store) {
        try {
            Buffer end = store.notes(OWNER)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join()
                    .get(NAME);
            return end == null ? 0 : Long.parseLong(end.toString());
        } catch (CompletionException | NumberFormatException damaged) {
            LOG.warn("journal: how far it had come cannot be read: {}", damaged.toString());
            return 0;
        }
    }

    /**
     * The newest id that files and store know of; what the files lack of it is lost, and that is said. Blocking.
     *
     * @param inFiles the newest id in the files; 0 where there is none
     */
    static long newest(long inFiles, Store store, JournalMeters meters) {
        long place = Math.max(of(store), store.cursors().values().stream().reduce(0L, Math::max));
        if (inFiles > 0 && place > inFiles) {
            meters.damaged(place - inFiles);
            LOG.error(
                    "journal: it ends with event {} and came to {} at least: what was between is lost", inFiles, place);
        }
        return Math.max(inFiles, place);
    }

    /** Keeps it now and then; while the store cannot write, one waits and no more. */
    void keep(long lastId) {
        if (lastId != kept && keeping.isComplete() && System.nanoTime() - keptAt >= EVERY_NANOS) {
            kept = lastId;
            keptAt = System.nanoTime();
            keeping = store.keep(OWNER, Map.of(NAME, Buffer.buffer(Long.toString(lastId))));
        }
    }
}
