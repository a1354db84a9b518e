package io.github.falcogateway.sink.file;

import io.github.falcogateway.sink.UnsyncedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of whole lines: what a crash or a full disk left of a line is cut off before the next one, and so is all that
 * was written since the last sync where one fails. The kernel may have dropped it and forgotten the error, so that the
 * next sync would succeed for nothing. Confined to one thread, but for {@link #force}.
 *
 * @see <a href="https://wiki.postgresql.org/wiki/Fsync_Errors">PostgreSQL: fsync errors</a>
 */
final class LineFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LineFile.class);
    private static final int BLOCK = 8 * 1024;

    private final FileOptions options;
    private final Clock clock;
    private final Rotated rotated;
    private final Disk disk;
    private final Object forcing = new Object();
    private FileChannel channel;
    private @Nullable Object key;
    private long size;
    /** How much of it survives a power cut. */
    private long synced;

    /** Why a sync failed whose lines are still there; null where none did. */
    private volatile @Nullable IOException failed;

    private int losses;
    private long period;

    /** Makes files and their names survive a power cut; a seam for tests of broken disks. */
    @FunctionalInterface
    interface Disk {
        void sync(FileChannel file) throws IOException;

        default void keepNames(Path folder) throws IOException {
            Rotated.keepNames(folder);
        }
    }

    /**
     * What is to be synced.
     *
     * @param size where its lines end that were written by now
     */
    record Part(FileChannel file, long size) {}

    LineFile(FileOptions options, Clock clock, Disk disk) throws IOException {
        this.options = options;
        this.clock = clock;
        this.disk = disk;
        this.rotated = new Rotated(options);
        this.channel = openChannel();
    }

    Rotated rotated() {
        return rotated;
    }

    /** So many bytes at its end may not survive a power cut: the process that wrote them may have died before the sync. */
    void doubt(long bytes) {
        synced = Math.max(0, Math.min(synced, size - bytes));
    }

    /** Shows the lines, the last one first, for as long as they are wanted; whether still more are. */
    boolean backwards(Predicate<byte[]> wanted) throws IOException {
        long end = size;
        while (end > 0) {
            long start = after(channel, end - 1);
            ByteBuffer line = ByteBuffer.allocate((int) (end - 1 - start));
            while (line.hasRemaining() && channel.read(line, start + line.position()) > 0) {
                // until the line is whole
            }
            if (!wanted.test(line.array())) {
                return false;
            }
            end = start;
        }
        return true;
    }

    /** Begins a new file where size or time ask for it; whether one began. */
    boolean rotate() throws IOException {
        if (!channel.isOpen() || moved()) {
            // Also where a rotation stopped halfway, as without a file descriptor left.
            if (channel.isOpen()) {
                end();
            }
            channel = openChannel();
        } else if (channel.size() != size) {
            // Somebody wrote to it, or emptied it as logrotate's copytruncate does: the next line begins where it ends.
            long end = wholeLines(channel);
            // What others wrote is theirs to sync, and to cut off, where nothing before it is not synced.
            synced = synced == size ? end : Math.min(synced, end);
            size = end;
        }
        boolean large = options.rotateSize() > 0 && size >= options.rotateSize();
        boolean old = period() != period;
        if (size == 0 || !(large || old)) {
            period = size == 0 ? period() : period;
            return false;
        }
        Path ended = rotated.next(clock.instant());
        end();
        Files.move(options.path(), ended, StandardCopyOption.ATOMIC_MOVE);
        channel = openChannel();
        return true;
    }

    /** How many bytes there are until the next file is to begin. */
    long room() {
        return options.rotateSize() > 0 ? options.rotateSize() - size : Long.MAX_VALUE;
    }

    /** What was written by now, for {@link #force} and then {@link #forced}. */
    Part written() {
        return new Part(channel, size);
    }

    /** Makes what was written survive a power cut; from any thread. */
    void force(Part part) throws IOException {
        // One at a time: only one of two is told of an error.
        synchronized (forcing) {
            IOException before = failed;
            if (before != null) {
                throw before;
            }
            try {
                disk.sync(part.file());
            } catch (ClosedChannelException ended) {
                // Whoever ends a file forces it before.
            } catch (IOException refused) {
                failed = refused;
                throw refused;
            }
        }
    }

    /** That part was forced. */
    void forced(Part part) {
        if (part.file() == channel) {
            synced = Math.max(synced, Math.min(part.size(), size));
        }
    }

    /** How often lines were cut off because a sync failed. */
    int losses() {
        return losses;
    }

    /**
     * Cuts off what a sync that failed may have lost.
     *
     * @throws UnsyncedException where it did: its lines have to come again
     * @throws IOException where it cannot
     */
    void cutUnsynced() throws IOException {
        IOException why = failed;
        if (why == null) {
            return;
        }
        channel.truncate(synced);
        size = synced;
        losses++;
        failed = null;
        throw new UnsyncedException("not synced: " + why.getMessage());
    }

    private void end() throws IOException {
        force(written());
        channel.close();
    }

    /** Writes whole lines; after a failure none of them is there. */
    void append(ByteBuffer lines) throws IOException {
        long before = size;
        try {
            while (lines.hasRemaining()) {
                size += channel.write(lines, size);
            }
        } catch (IOException failed) {
            size = before;
            channel.truncate(before);
            throw failed;
        }
    }

    /** Ends it; what cannot be synced is cut off, as its place is not kept, but not what another one wrote after it. */
    @Override
    public void close() throws IOException {
        try (FileChannel ending = channel) {
            if (ending.isOpen()) {
                syncOrCut();
            }
        }
    }

    private void syncOrCut() throws IOException {
        try {
            force(written());
        } catch (IOException refused) {
            LOG.warn("{} is not synced: {}", options.path(), refused.toString());
            if (channel.size() == size) {
                channel.truncate(synced);
            }
        }
    }

    private FileChannel openChannel() throws IOException {
        Path path = options.path();
        // Also where somebody took the folder away since.
        Files.createDirectories(Rotated.folder(path));
        FileChannel opened =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            key = key();
            period = Files.size(path) == 0
                    ? period()
                    : period(Files.getLastModifiedTime(path).toInstant());
            size = wholeLines(opened);
            if (size < opened.size()) {
                opened.truncate(size);
            }
            synced = size;
            // Also where it is new because logrotate took the one before.
            disk.keepNames(Rotated.folder(path));
            return opened;
        } catch (IOException failed) {
            opened.close();
            throw failed;
        }
    }

    /** Whether somebody took the file away, as logrotate does. */
    private boolean moved() {
        try {
            Object now = key();
            return now == null ? !Files.exists(options.path()) : !now.equals(key);
        } catch (IOException gone) {
            return true;
        }
    }

    private @Nullable Object key() throws IOException {
        return Files.readAttributes(options.path(), BasicFileAttributes.class).fileKey();
    }

    private long period() {
        return period(clock.instant());
    }

    private long period(Instant at) {
        Duration every = options.rotateEvery();
        return every.isZero() ? 0 : Math.floorDiv(at.getEpochSecond(), Math.max(1, every.toSeconds()));
    }

    /** Where the last line break is. */
    private static long wholeLines(FileChannel file) throws IOException {
        return after(file, file.size());
    }

    /** The place after the last line break before a place; 0 where there is none. */
    private static long after(FileChannel file, long before) throws IOException {
        long end = before;
        while (end > 0) {
            long start = Math.max(0, end - BLOCK);
            ByteBuffer block = ByteBuffer.allocate((int) (end - start));
            while (block.hasRemaining() && file.read(block, start + block.position()) > 0) {
                // until the block is full
            }
            for (int i = block.position() - 1; i >= 0; i--) {
                if (block.get(i) == '\n') {
                    return start + i + 1;
                }
            }
            end = start;
        }
        return 0;
    }
}
