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
import java.util.NavigableMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Makes a file of the log out of what is left of a damaged one, which is set aside. A crash in the middle leaves the one
 * or the other. Confined to one thread.
 */
final class Repair {

    private static final Logger LOG = LoggerFactory.getLogger(Repair.class);
    private static final String ASIDE = ".damaged";
    private static final String FOLDER = "repair";

    private final Path file;
    private final EventReader events;
    private final FramePacker packer = new FramePacker();
    private final NavigableMap<Long, Long> found = new TreeMap<>();
    private long kept;
    private long lost;

    private Repair(Path file, EventReader events) {
        this.file = file;
        this.events = events;
    }

    /**
     * What a repair came to.
     *
     * @param lastId the last id that is left; 0 where nothing is
     * @param lost how many events before the last one are not
     */
    record Repaired(long lastId, long lost) {}

    /** Whether the file is damaged, rather than not to be read just now. */
    static boolean isDamage(SQLException failed) {
        int code = failed instanceof SQLiteException known ? known.getResultCode().code : failed.getErrorCode();
        int primary = code & 0xFF;
        return primary == SQLiteErrorCode.SQLITE_CORRUPT.code
                || primary == SQLiteErrorCode.SQLITE_NOTADB.code
                // There is no table in it.
                || primary == SQLiteErrorCode.SQLITE_ERROR.code
                || code == SQLiteErrorCode.SQLITE_IOERR_SHORT_READ.code;
    }

    /** Whether SQLite would leave out what stands in the file's write-ahead log; beside an empty file it removes the log. */
    static boolean isLogDamaged(Path file) throws IOException {
        WalFile log = WalFile.read(file, PageSize.of(file));
        return log.damaged() || Files.size(file) == 0 && !log.pages().isEmpty();
    }

    /** Sets the file aside and writes anew what is left of it. */
    static Repaired repair(Path file, long firstId, EventReader events) throws IOException, SQLException {
        return new Repair(file, events).run(firstId);
    }

    /**
     * Ends what a crash interrupted.
     *
     * @return the repaired files that the disk does not let into their place now: they are read where they are
     */
    static List<Path> goOn(Path folder) throws IOException {
        List<Path> left = new ArrayList<>();
        Path repairs = folder.resolve(FOLDER);
        if (!Files.isDirectory(repairs)) {
            return left;
        }
        try (DirectoryStream<Path> made = Files.newDirectoryStream(repairs, SegmentFile.ALL)) {
            for (Path repaired : made) {
                Path file = folder.resolve(repaired.getFileName());
                if (Files.exists(file) || !Files.exists(aside(file))) {
                    SegmentFile.deleteQuietly(repaired);
                } else if (!isPut(repaired, file)) {
                    left.add(repaired);
                }
            }
        }
        return left;
    }

    private static boolean isPut(Path repaired, Path file) {
        try {
            setAside(file);
            Files.move(repaired, file, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException refused) {
            LOG.error(
                    "journal: {} is repaired and cannot be put into its place now: {}",
                    file.getFileName(),
                    refused.toString());
            return false;
        }
    }

    private Repaired run(long firstId) throws IOException, SQLException {
        Path repairs = Files.createDirectories(file.resolveSibling(FOLDER));
        Path repaired = SegmentFile.path(repairs, firstId);
        try (Segment segment = Segment.create(repairs, firstId, true);
                PageScan scan = PageScan.of(file)) {
            List<SQLException> failed = new ArrayList<>();
            scan.frames(frame -> copy(frame, segment, failed));
            if (!failed.isEmpty()) {
                throw failed.get(0);
            }
            // What is still in its write-ahead log would stay behind.
            segment.finish();
        }
        count(firstId);
        setAside(file);
        if (kept == 0) {
            SegmentFile.delete(repaired);
        } else {
            Files.move(repaired, file, StandardCopyOption.ATOMIC_MOVE);
        }
        LOG.error(
                "journal: {} is damaged: {} events are kept, {} before the last of them are lost; what it was is {}",
                file.getFileName(),
                kept,
                lost,
                aside(file).getFileName());
        return new Repaired(kept == 0 ? 0 : found.lastEntry().getValue(), lost);
    }

    private void copy(Frame frame, Segment to, List<SQLException> failed) {
        if (found.containsKey(frame.firstId()) || !failed.isEmpty()) {
            return;
        }
        List<JournaledEvent> whole = new ArrayList<>();
        long id = frame.firstId();
        for (byte[] json : frame.unpack()) {
            try {
                if (json != null) {
                    whole.add(events.read(id, json));
                }
            } catch (RuntimeException damaged) {
                LOG.debug("journal: event {} is damaged: {}", id, damaged.toString());
            }
            id++;
        }
        if (whole.isEmpty()) {
            return;
        }
        try {
            to.write(packer.pack(whole));
            kept += whole.size();
            lost += frame.count() - whole.size();
            found.put(frame.firstId(), frame.firstId() + frame.count() - 1);
        } catch (SQLException refused) {
            failed.add(refused);
        }
    }

    /** Adds what is missing before the first frame, whose id was the file's, and between the frames. */
    private void count(long firstId) {
        long next = firstId;
        for (var frame : found.entrySet()) {
            lost += Math.max(0, frame.getKey() - next);
            next = Math.max(next, frame.getValue() + 1);
        }
    }

    /** Where a damaged file is kept. */
    static Path aside(Path file) {
        return file.resolveSibling(file.getFileName() + ASIDE);
    }

    /** Moves a damaged file there, or only its write-ahead log, which SQLite would take for that of a new file. */
    static void setAside(Path file) throws IOException {
        if (Files.exists(file)) {
            Files.move(file, aside(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (Files.exists(WalFile.of(file))) {
            Files.move(WalFile.of(file), WalFile.of(aside(file)), StandardCopyOption.REPLACE_EXISTING);
        }
        SegmentFile.delete(file);
    }
}
