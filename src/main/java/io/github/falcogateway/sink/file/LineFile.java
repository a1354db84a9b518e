package io.github.falcogateway.sink.file;

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

/**
 * A file of whole lines: what a crash or a full disk left of a line is cut off before the next one. Confined to one
 * thread.
 */
final class LineFile implements AutoCloseable {

    private static final int BLOCK = 8 * 1024;

    private final FileOptions options;
    private final Clock clock;
    private final Rotated rotated;
    private FileChannel channel;
    private @Nullable Object key;
    private long size;
    private long period;

    LineFile(FileOptions options, Clock clock) throws IOException {
        this.options = options;
        this.clock = clock;
        this.rotated = new Rotated(options);
        Files.createDirectories(Rotated.folder(options.path()));
        this.channel = openChannel();
        Rotated.keepNames(Rotated.folder(options.path()));
    }

    Rotated rotated() {
        return rotated;
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
            size = wholeLines(channel);
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
        Rotated.keepNames(Rotated.folder(options.path()));
        return true;
    }

    /** The file of now, for {@link #force}. */
    FileChannel channel() {
        return channel;
    }

    /** Makes what was written to it survive a power cut; from any thread. */
    static @Nullable Void force(FileChannel channel) throws IOException {
        try {
            channel.force(false);
        } catch (ClosedChannelException ended) {
            // Whoever ends a file forces it before.
        }
        return null;
    }

    private void end() throws IOException {
        channel.force(false);
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

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            end();
        }
    }

    private FileChannel openChannel() throws IOException {
        Path path = options.path();
        FileChannel opened =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        key = key();
        period = Files.size(path) == 0
                ? period()
                : period(Files.getLastModifiedTime(path).toInstant());
        size = wholeLines(opened);
        if (size < opened.size()) {
            opened.truncate(size);
        }
        return opened;
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
