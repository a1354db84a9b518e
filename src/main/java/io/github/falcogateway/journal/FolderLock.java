package io.github.falcogateway.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps a second gateway off a data folder; gone with the process, however it ends. Thread-safe. */
final class FolderLock implements AutoCloseable {

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    static FolderLock on(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException here) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new JournalLockedException(taken(folder));
        }
        return new FolderLock(channel);
    }

    /** Makes sure that nobody has a folder that cannot be written from here. */
    static void mustBeFree(Path folder) {
        try (FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.READ)) {
            if (channel.tryLock(0, Long.MAX_VALUE, true) == null) {
                throw new JournalLockedException(taken(folder));
            }
        } catch (OverlappingFileLockException here) {
            throw new JournalLockedException(taken(folder));
        } catch (IOException unreadable) {
            // Nobody can tell: whoever writes there later takes the lock first.
        }
    }

    private static String taken(Path folder) {
        return "another gateway is running on the data folder " + folder.toAbsolutePath()
                + ": stop it, or set another journal.path";
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
