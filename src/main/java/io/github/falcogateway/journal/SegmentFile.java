package io.github.falcogateway.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a file of the log is called, and the files beside it that SQLite makes. */
final class SegmentFile {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentFile.class);
    private static final String PREFIX = "segment-";
    private static final String SUFFIX = ".db";

    /** Matches all of them in a folder, and perhaps others. */
    static final String ALL = PREFIX + "*" + SUFFIX;

    private SegmentFile() {}

    static Path path(Path folder, long firstId) {
        return folder.resolve(PREFIX + String.format("%019d", firstId) + SUFFIX);
    }

    /** The first id in the file's name; -1 where it is no file of the log. */
    static long firstId(Path file) {
        String name = file.getFileName().toString();
        String digits = name.substring(PREFIX.length(), name.length() - SUFFIX.length());
        return digits.matches("[0-9]{1,19}") ? Long.parseLong(digits) : -1;
    }

    static void delete(Path file) throws IOException {
        for (String suffix : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
        }
    }

    /** The same where a file that stays does no harm. */
    static void deleteQuietly(Path file) {
        try {
            delete(file);
        } catch (IOException left) {
            LOG.warn("journal: {} could not be removed: {}", file.getFileName(), left.toString());
        }
    }

    /** Its bytes, its write-ahead log included. */
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
}
