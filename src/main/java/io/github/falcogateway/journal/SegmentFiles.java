package io.github.falcogateway.journal;

import io.github.falcogateway.event.EventReader;
import io.github.falcogateway.telemetry.JournalMeters;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the log by their first id. What a file holds from the first id of the next one on is not the log's: it
 * was written there by a commit that failed and is in the next one. Thread-safe, but for {@link #readAfter} and
 * {@link #readBefore}, which are the reader thread's.
 */
final class SegmentFiles {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentFiles.class);
    private static final long REPAIR_NANOS = 30_000_000_000L;
    /** What a file has in which nothing is: the first page and that of the table. */
    private static final long EMPTY_PAGES = 2;

    private final ConcurrentSkipListMap<Long, Path> files = new ConcurrentSkipListMap<>();
    private final SegmentReader reader;
    /** What people ask for does not keep the sinks waiting. */
    private final SegmentReader past;

    private final EventReader events;
    private final JournalMeters meters;
    private final Map<Long, Integer> repairs = new ConcurrentHashMap<>();
    private final Writing writing = new Writing();
    private volatile long lost;
    private boolean wasDamaged;
    private long repairAt = System.nanoTime();

    private SegmentFiles(EventReader events, JournalMeters meters) {
        this.events = events;
        this.meters = meters;
        Set<Long> damaged = ConcurrentHashMap.newKeySet();
        reader = new SegmentReader(events, meters, damaged);
        past = new SegmentReader(events, meters, damaged);
    }

    /** The files in a folder. */
    static SegmentFiles in(Path folder, EventReader events, JournalMeters meters) throws IOException {
        SegmentFiles found = new SegmentFiles(events, meters);
        Repair.goOn(folder).forEach(file -> found.files.put(SegmentFile.firstId(file), file));
        if (!Files.exists(folder)) {
            return found;
        }
        try (DirectoryStream<Path> list = Files.newDirectoryStream(folder, SegmentFile.ALL)) {
            for (Path file : list) {
                long firstId = SegmentFile.firstId(file);
                if (firstId >= 0) {
                    found.files.put(firstId, file);
                }
            }
        }
        return found;
    }

    void add(long firstId, Path file) {
        files.put(firstId, file);
    }

    void remove(long firstId) {
        files.remove(firstId);
        writing.end(firstId);
    }

    Writing writing() {
        return writing;
    }

    /** First id to file, oldest first. */
    Map<Long, Path> all() {
        return files;
    }

    /** The id after the last one that belongs to the file of this first id. */
    long end(long firstId) {
        Long next = files.higherKey(firstId);
        return Math.min(next == null ? Long.MAX_VALUE : next, writing.unsyncedFrom(firstId));
    }

    /** Bytes of all files, their write-ahead logs included. */
    long bytes() {
        return files.values().stream().mapToLong(SegmentFile::bytes).sum();
    }

    /** Repairs the files whose write-ahead log is damaged; the newest id in all of them. */
    Newest newest() {
        boolean damaged = false;
        for (Map.Entry<Long, Path> segment : files.entrySet()) {
            try {
                if (Repair.isLogDamaged(segment.getValue())) {
                    damaged = true;
                    repair(segment.getKey(), segment.getValue());
                }
            } catch (IOException notNow) {
                LOG.error("journal: {}", notNow.getMessage());
            }
        }
        long newest = 0;
        while (newest == 0 && !files.isEmpty()) {
            Map.Entry<Long, Path> segment = files.lastEntry();
            try {
                newest = lastId(segment.getKey(), segment.getValue());
            } catch (SQLException | IOException bad) {
                // It stays: a sink that is not through with it waits until it can be read.
                LOG.error(
                        "journal: {} cannot be read now: {}", segment.getValue().getFileName(), bad.getMessage());
                damaged = true;
                newest = segment.getKey();
            }
        }
        return new Newest(newest, damaged || wasDamaged);
    }

    private long lastId(long firstId, Path file) throws SQLException, IOException {
        try {
            long last = reader.lastId(file);
            if (last > 0) {
                return last;
            }
            if (Files.size(file) > EMPTY_PAGES * PageSize.of(file)) {
                // It looks empty and has held something: rather look at every page of it than remove it.
                wasDamaged = true;
                return repair(firstId, file);
            }
            // A crash came before anything was written to it.
            forget(file);
            files.remove(firstId);
            SegmentFile.deleteQuietly(file);
            return 0;
        } catch (SQLException bad) {
            if (!Repair.isDamage(bad)) {
                throw bad;
            }
            wasDamaged = true;
            return repair(firstId, file);
        } finally {
            // Alone only until others want to read it.
            forget(file);
        }
    }

    /** The newest id found, and whether a newer one may have been lost. */
    record Newest(long id, boolean damaged) {}

    /** Adds the events after a place, oldest first, until the page is full. */
    void readAfter(long afterId, Page to) throws IOException {
        after(reader, afterId, to);
    }

    /** As {@link #readAfter}, for the history's thread. */
    void pastAfter(long afterId, Page to) throws IOException {
        after(past, afterId, to);
    }

    /** Adds the events at places that are given newest first, until the page is full, for the history's thread. */
    void pastAt(List<Long> ids, Page to) throws IOException {
        int from = 0;
        while (from < ids.size() && !to.isFull()) {
            Long segment = files.floorKey(ids.get(from));
            if (segment == null) {
                break;
            }
            int end = from + 1;
            while (end < ids.size() && ids.get(end) >= segment) {
                end++;
            }
            List<Long> here = ids.subList(from, end);
            read(segment, to, file -> past.at(file, here, to));
            from = end;
        }
    }

    private void after(SegmentReader with, long afterId, Page to) throws IOException {
        Long from = files.floorKey(afterId + 1);
        Map<Long, Path> rest = from == null ? files : files.tailMap(from);
        for (Long firstId : rest.keySet()) {
            if (to.isFull()) {
                break;
            }
            SegmentReader.Range range = new SegmentReader.Range(afterId, end(firstId));
            read(firstId, to, file -> with.after(file, range, to));
        }
    }

    /** Adds the events before a place, newest first, until the page is full. */
    void readBefore(long beforeId, Page to) throws IOException {
        for (Long firstId : files.headMap(beforeId).descendingMap().keySet()) {
            if (to.isFull()) {
                break;
            }
            SegmentReader.Range range = new SegmentReader.Range(0, Math.min(beforeId, end(firstId)));
            read(firstId, to, file -> reader.before(file, range, to));
        }
    }

    @FunctionalInterface
    private interface Query {
        void of(Path file) throws SQLException;
    }

    /**
     * Reads from one file. What is damaged is repaired and read again; what cannot be read now fails, so that nobody takes
     * it for the end: a sink would go past events that it never had.
     */
    private void read(long firstId, Page to, Query query) throws IOException {
        int before = to.size();
        int tries = 0;
        // Retention may take the file away at any moment.
        for (Path file = files.get(firstId); file != null; file = files.get(firstId)) {
            int known = repairs.getOrDefault(firstId, 0);
            try {
                query.of(file);
                return;
            } catch (SQLException bad) {
                to.backTo(before);
                forget(file);
                if (!files.containsKey(firstId)) {
                    return;
                }
                if (!Repair.isDamage(bad) || ++tries > 2) {
                    throw new IOException(file.getFileName() + " cannot be read now: " + bad.getMessage(), bad);
                }
                repairOnce(firstId, file, known);
            }
        }
    }

    private synchronized void repairOnce(long firstId, Path file, int known) throws IOException {
        if (repairs.getOrDefault(firstId, 0) == known) {
            repair(firstId, file);
        }
    }

    /** The last id that is left of a damaged file; never of the one in use, which is left alone first. */
    private long repair(long firstId, Path file) throws IOException {
        if (writing.isInUse(firstId)) {
            writing.abandon(firstId);
            throw new IOException(file.getFileName() + " is damaged; a new file is begun first");
        }
        if (System.nanoTime() - repairAt < 0) {
            throw new IOException(file.getFileName() + " is damaged and could not be repaired yet");
        }
        forget(file);
        try {
            Repair.Repaired repaired = Repair.repair(file, firstId, events);
            repairs.merge(firstId, 1, Integer::sum);
            meters.damaged(repaired.lost());
            lost += repaired.lost();
            if (repaired.lastId() == 0) {
                files.remove(firstId);
            }
            forget(file);
            return repaired.lastId();
        } catch (SQLException | IOException failed) {
            repairAt = System.nanoTime() + REPAIR_NANOS;
            throw new IOException(
                    file.getFileName() + " is damaged and cannot be repaired: " + failed.getMessage(), failed);
        }
    }

    /** How many events damage has cost; from any thread. */
    long damaged() {
        return lost + reader.damaged();
    }

    void forget(Path file) {
        reader.forget(file);
        past.forget(file);
    }

    void close() {
        reader.close();
        past.close();
    }
}
