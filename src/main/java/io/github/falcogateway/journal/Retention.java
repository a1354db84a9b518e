package io.github.falcogateway.journal;

import io.github.falcogateway.telemetry.JournalMeters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the oldest files away: by age when every sink has had them, by size in any case. Confined to one thread. */
final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final JournalOptions options;
    private final SegmentFiles files;
    private final Store store;
    private final JournalMeters meters;
    private final Clock clock;
    private volatile long forcedOut;

    Retention(EmbeddedJournal.Parts parts, Store store, JournalMeters meters, Clock clock) {
        this.options = parts.options();
        this.files = parts.files();
        this.store = store;
        this.meters = meters;
        this.clock = clock;
    }

    /** How many events went before every sink had had them; from any thread. */
    long forcedOut() {
        return forcedOut;
    }

    /** Takes away what may go; never a file in use. */
    void apply(long lastId) {
        long bytes = files.bytes();
        for (Map.Entry<Long, Path> oldest : files.all().entrySet()) {
            long firstId = oldest.getKey();
            if (files.writing().isInUse(firstId)) {
                return;
            }
            long end = Math.min(files.end(firstId), lastId + 1);
            long needed = slowest();
            boolean tooMuch = bytes > options.keepBytes();
            boolean old =
                    age(oldest.getValue()).isBefore(clock.instant().minus(options.keepFor())) && end - 1 <= needed;
            if (!tooMuch && !old) {
                return;
            }
            if (end - 1 > needed) {
                forced(Math.max(needed + 1, firstId), end);
            }
            bytes -= SegmentFile.bytes(oldest.getValue());
            remove(firstId, oldest.getValue());
        }
    }

    /** The place of the sink that is furthest behind. */
    private long slowest() {
        return store.cursors().values().stream()
                .mapToLong(Long::longValue)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private void forced(long from, long end) {
        forcedOut = forcedOut() + end - from;
        meters.forcedOut(end - from);
        LOG.warn(
                "journal: keep.size takes {} events that not every sink has had; the sinks and their places: {}",
                end - from,
                store.cursors());
    }

    private void remove(long firstId, Path file) {
        files.remove(firstId);
        files.forget(file);
        try {
            SegmentFile.delete(file);
        } catch (IOException left) {
            LOG.warn("journal: {} could not be removed: {}", file.getFileName(), left.toString());
        }
    }

    private static Instant age(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException gone) {
            return Instant.EPOCH;
        }
    }
}
