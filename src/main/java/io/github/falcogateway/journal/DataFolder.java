package io.github.falcogateway.journal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folder of journal and store, and this process's hold on it. A disk that refuses it at the start may give it later:
 * nothing is written there before. Thread-safe.
 */
public final class DataFolder implements AutoCloseable {

    private static final int PROBE_BYTES = 16 * 1024;

    private final Path path;
    private @Nullable FolderLock lock;
    private @Nullable String refusal;

    private DataFolder(Path path) {
        this.path = path;
    }

    /** The folder at a path, not yet held. */
    public static DataFolder at(Path path) {
        return new DataFolder(path);
    }

    Path path() {
        return path;
    }

    /**
     * Makes it and holds it; once, since store and journal share it.
     *
     * @return why the disk took nothing; empty where it does
     * @throws JournalLockedException where another process holds it
     * @throws IOException where it can never be a folder
     */
    public synchronized String open() throws IOException {
        if (refusal == null) {
            refusal = refusal();
        }
        return refusal;
    }

    private String refusal() throws IOException {
        try {
            hold();
            probe();
            return "";
        } catch (IOException refused) {
            mustBeAFolder();
            if (lock == null) {
                FolderLock.mustBeFree(path);
            }
            return text(refused);
        }
    }

    /** Makes it and holds it where {@link #open} could not; costs nothing once it is held. */
    synchronized void claim() throws IOException {
        try {
            hold();
        } catch (JournalLockedException others) {
            throw new IOException(others.getMessage(), others);
        }
    }

    /** Makes it without holding it, for whoever is alone with it. */
    void make() throws IOException {
        Files.createDirectories(path);
    }

    private void hold() throws IOException {
        if (lock == null) {
            Files.createDirectories(path);
            lock = FolderLock.on(path);
        }
    }

    /** Writes a little, as a full disk or one that takes no new files would not let it. */
    private void probe() throws IOException {
        Path probe = path.resolve("probe");
        try {
            Files.write(probe, new byte[PROBE_BYTES]);
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    /** Some say no more than the path. */
    private static String text(IOException refused) {
        return refused instanceof FileSystemException file && file.getReason() == null
                ? file.getFile() + ": "
                        + (file instanceof AccessDeniedException
                                ? "access denied"
                                : file.getClass().getSimpleName())
                : String.valueOf(refused.getMessage());
    }

    private void mustBeAFolder() throws IOException {
        Path other = inTheWay(path);
        if (other != null) {
            throw new IOException("journal.path " + path + " cannot be a folder: " + other + " is none");
        }
    }

    /** What has the name of a folder or of one above it and is none; null where it can be made. */
    public static @Nullable Path inTheWay(Path folder) {
        Path at = folder.toAbsolutePath();
        while (at.getParent() != null && !Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
            at = at.getParent();
        }
        return Files.isDirectory(at) ? null : at;
    }

    @Override
    public synchronized void close() throws IOException {
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }
}
