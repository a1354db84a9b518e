package io.github.falcogateway.journal;

import io.github.falcogateway.event.EventReader;
import io.github.falcogateway.event.JournaledEvent;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private static final String PREFIX = "segment-";
    private static final String SUFFIX = ".db";

    private final ConcurrentSkipListMap<Long, Path> files = new ConcurrentSkipListMap<>();
    private final SegmentReader reader;
    /** What people ask for does not keep the sinks waiting. */
    private final SegmentReader past;

    private SegmentFiles(EventReader events) {
        reader = new SegmentReader(events);
        past = new SegmentReader(events);
    }

    /** The files in a folder. */
    static SegmentFiles in(Path folder, EventReader events) throws IOException {
        SegmentFiles found = new SegmentFiles(events);
        try (DirectoryStream<Path> list = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
            for (Path file : list) {
                String name = file.getFileName().toString();
                String digits = name.substring(PREFIX.length(), name.length() - SUFFIX.length());
                if (digits.chars().allMatch(c -> c >= '0' && c <= '9') && digits.length() < 20) {
                    found.files.put(Long.parseLong(digits), file);
                }
            }
        }
        return found;
    }

    static Path path(Path folder, long firstId) {
        return folder.resolve(PREFIX + String.format("%019d", firstId) + SUFFIX);
    }

    static void delete(Path file) throws IOException {
        for (String suffix : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
        }
    }

    void add(long firstId, Path file) {
        files.put(firstId, file);
    }

    void remove(long firstId) {
        files.remove(firstId);
    }

    /** First id to file, oldest first. */
    Map<Long, Path> all() {
        return files;
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    /** The id after the last one that belongs to the file of this first id. */
    long end(long firstId) {
        Long next = files.higherKey(firstId);
        return next == null ? Long.MAX_VALUE : next;
    }

    /** Bytes of all files, their write-ahead logs included. */
    long bytes() {
        return files.values().stream().mapToLong(SegmentFiles::bytes).sum();
    }

    static long bytes(Path file) {
        return size(file) + size(file.resolveSibling(file.getFileName() + "-wal"));
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException absent) {
            return 0;
        }
    }

    /** The newest id in the files; damaged ones are set aside on the way. */
    Newest newest() {
        boolean damaged = false;
        for (Map.Entry<Long, Path> segment : files.descendingMap().entrySet()) {
            long firstId = segment.getKey();
            Path file = segment.getValue();
            try {
                long last = reader.lastId(file);
                if (last > 0) {
                    return new Newest(last, damaged);
                }
                delete(file);
                files.remove(firstId);
            } catch (SQLException | IOException bad) {
                damaged = true;
                setAside(firstId, file, bad);
            }
        }
        return new Newest(0, damaged);
    }

    /** The newest id found, and whether a newer file could not be read. */
    record Newest(long id, boolean damaged) {}

    List<JournaledEvent> readAfter(long afterId, int max) {
        return after(reader, afterId, max);
    }

    /** As {@link #readAfter}, for the history's thread. */
    List<JournaledEvent> pastAfter(long afterId, int max) {
        return after(past, afterId, max);
    }

    /** The events at places that are given newest first, for the history's thread. */
    List<JournaledEvent> pastAt(List<Long> ids) {
        List<JournaledEvent> events = new ArrayList<>(ids.size());
        int from = 0;
        while (from < ids.size()) {
            Map.Entry<Long, Path> segment = files.floorEntry(ids.get(from));
            if (segment == null) {
                break;
            }
            int to = from + 1;
            while (to < ids.size() && ids.get(to) >= segment.getKey()) {
                to++;
            }
            try {
                past.at(segment.getValue(), ids.subList(from, to), events);
            } catch (SQLException bad) {
                unreadable(segment.getValue(), bad);
            }
            from = to;
        }
        return events;
    }

    private List<JournaledEvent> after(SegmentReader with, long afterId, int max) {
        List<JournaledEvent> events = new ArrayList<>();
        Long from = files.floorKey(afterId + 1);
        Map<Long, Path> rest = from == null ? files : files.tailMap(from);
        for (Map.Entry<Long, Path> segment : rest.entrySet()) {
            if (events.size() >= max) {
                break;
            }
            long end = end(segment.getKey());
            try {
                with.after(segment.getValue(), new SegmentReader.Range(afterId, end), max, events);
            } catch (SQLException bad) {
                unreadable(segment.getValue(), bad);
            }
        }
        return events;
    }

    List<JournaledEvent> readBefore(long beforeId, int max) {
        List<JournaledEvent> events = new ArrayList<>();
        for (Map.Entry<Long, Path> segment :
                files.headMap(beforeId).descendingMap().entrySet()) {
            if (events.size() >= max) {
                break;
            }
            long end = Math.min(beforeId, end(segment.getKey()));
            try {
                reader.before(segment.getValue(), new SegmentReader.Range(0, end), max, events);
            } catch (SQLException bad) {
                unreadable(segment.getValue(), bad);
            }
        }
        return events;
    }

    void forget(Path file) {
        reader.forget(file);
        past.forget(file);
    }

    void close() {
        reader.close();
        past.close();
    }

    private void unreadable(Path file, SQLException bad) {
        forget(file);
        LOG.error("journal: {} cannot be read in part: {}", file.getFileName(), bad.getMessage());
    }

    private void setAside(long firstId, Path file, Exception bad) {
        files.remove(firstId);
        reader.forget(file);
        Path aside = file.resolveSibling(file.getFileName() + ".damaged");
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            LOG.error("journal: {} could not be set aside: {}", file.getFileName(), failed.toString());
        }
        LOG.error(
                "journal: {} is damaged and set aside as {}: {}",
                file.getFileName(),
                aside.getFileName(),
                bad.toString());
    }
}
