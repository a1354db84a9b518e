package io.github.falcogateway.journal;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Copies a journal's folder into one zip file while a gateway runs on it, and back. The state goes first: a sink's place
 * is then never beyond the events, so that a restored sink sends a few again rather than miss one.
 *
 * @see <a href="https://www.sqlite.org/lang_vacuum.html#vacuuminto">SQLite: VACUUM INTO</a>
 */
public final class Backup {

    private static final String STATE = "state.db";
    private static final String PART = ".part";
    private static final String NAME = "state\\.db|segment-\\d{19}\\.db";

    /**
     * What a backup holds.
     *
     * @param files how many databases
     * @param bytes their size together
     */
    public record Contents(int files, long bytes) {}

    private Backup() {}

    /**
     * Writes a backup; the file is there once it is whole.
     *
     * @throws IOException where there is no journal, or it cannot be read or the file not be written
     */
    public static Contents write(Path folder, Path file) throws IOException {
        List<Path> databases = databases(folder);
        if (databases.isEmpty()) {
            throw new IOException("there is no journal in " + folder.toAbsolutePath());
        }
        Path target = file.toAbsolutePath();
        if (target.getParent() != null && !Files.isDirectory(target.getParent())) {
            throw new IOException("there is no folder " + target.getParent());
        }
        Path part = target.resolveSibling(target.getFileName() + PART);
        int files = 0;
        long bytes = 0;
        try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
            for (Path database : databases) {
                Path copy = target.resolveSibling(target.getFileName() + "." + database.getFileName());
                try {
                    if (snapshot(database, copy)) {
                        zip.putNextEntry(new ZipEntry(database.getFileName().toString()));
                        bytes += Files.copy(copy, zip);
                        files++;
                    }
                } finally {
                    Files.deleteIfExists(copy);
                }
            }
        } catch (IOException failed) {
            Files.deleteIfExists(part);
            throw failed;
        }
        Files.move(part, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        return new Contents(files, bytes);
    }

    /**
     * Puts a backup into a folder where no journal is; where it fails, none is there afterwards.
     *
     * @throws IOException where one is there, or the file is no backup or not whole
     * @throws JournalLockedException where a gateway runs on the folder
     */
    public static Contents restore(Path file, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (FolderLock lock = FolderLock.on(folder)) {
            if (!databases(folder).isEmpty()) {
                throw new IOException("there is a journal in " + folder.toAbsolutePath()
                        + " already: move it away, or set another journal.path");
            }
            return unpack(file, folder);
        }
    }

    /** Nothing of it is there before all of it is: half a journal would be taken for a whole one. */
    private static Contents unpack(Path file, Path folder) throws IOException {
        List<Path> parts = new ArrayList<>();
        long bytes = 0;
        // Its end names what it holds: without that, a file that was cut between two entries would pass for whole.
        try (ZipFile whole = new ZipFile(file.toFile());
                ZipInputStream zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.getName().matches(NAME)) {
                    throw new IOException(file + " is no backup of a journal: it holds " + entry.getName());
                }
                Path part = folder.resolve(entry.getName() + PART);
                parts.add(part);
                try (OutputStream out = Files.newOutputStream(part)) {
                    bytes += zip.transferTo(out);
                }
            }
            if (parts.isEmpty() || parts.size() != whole.size()) {
                throw new IOException(file + " is no backup of a journal");
            }
        } catch (IOException failed) {
            for (Path part : parts) {
                Files.deleteIfExists(part);
            }
            boolean damaged = failed instanceof ZipException || failed instanceof EOFException;
            throw damaged ? new IOException(file + " is damaged: " + failed.getMessage(), failed) : failed;
        }
        for (Path part : parts) {
            String name = part.getFileName().toString();
            Files.move(part, part.resolveSibling(name.substring(0, name.length() - PART.length())));
        }
        return new Contents(parts.size(), bytes);
    }

    /** The state, then the segments from the oldest to the one that is written. */
    private static List<Path> databases(Path folder) throws IOException {
        List<Path> databases = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "segment-*.db")) {
                all.forEach(databases::add);
            }
            databases.removeIf(path -> !path.getFileName().toString().matches(NAME));
            databases.sort(null);
        }
        Path state = folder.resolve(STATE);
        if (Files.exists(state)) {
            databases.add(0, state);
        }
        return databases;
    }

    /** Copies a database as of one moment; false where retention has taken it meanwhile. */
    static boolean snapshot(Path database, Path copy) throws IOException {
        Files.deleteIfExists(copy);
        // Never made by this: an empty file would stay in the journal, and be a damaged one.
        try (Connection connection = Sqlite.reader(database, false);
                PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
            Sqlite.run(connection, "PRAGMA busy_timeout=10000");
            vacuum.setString(1, copy.toString());
            vacuum.execute();
            return true;
        } catch (SQLException failed) {
            if (!Files.exists(database)) {
                return false;
            }
            throw new IOException(database.getFileName() + " cannot be copied: " + failed.getMessage(), failed);
        }
    }
}
