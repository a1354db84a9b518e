package io.github.falcogateway.sink.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The old files beside the one that is written: their names, their compression, their end. Thread-safe: one thread
 * writes and rotates, another one tidies.
 */
final class Rotated {

    private static final Logger LOG = LoggerFactory.getLogger(Rotated.class);

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String GZ = ".gz";
    private static final String TEMPORARY = ".tmp";

    private final Path folder;
    private final String stem;
    private final String extension;
    private final Pattern names;
    private final FileOptions options;

    /** An old file by its name: when it ended, and its number within that second, of three digits at least. */
    record Old(String stamp, int number) implements Comparable<Old> {

        Old after() {
            return new Old(stamp, number + 1);
        }

        @Override
        public int compareTo(Old other) {
            int byTime = stamp.compareTo(other.stamp);
            return byTime != 0 ? byTime : Integer.compare(number, other.number);
        }
    }

    Rotated(FileOptions options) {
        this.options = options;
        String name = String.valueOf(options.path().getFileName());
        int dot = name.lastIndexOf('.');
        folder = folder(options.path());
        stem = dot < 1 ? name : name.substring(0, dot);
        extension = dot < 1 ? "" : name.substring(dot);
        names = Pattern.compile(
                Pattern.quote(stem) + "-(\\d{8}T\\d{6}Z)-(\\d{3,9})" + Pattern.quote(extension) + "(\\.gz)?");
    }

    /** The folder a file is in. */
    static Path folder(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? Path.of("/") : parent;
    }

    /**
     * Where the file goes that ends now: after every other, also where earlier ones are gone or a clock went back. The
     * oldest by its name is the first that is taken away.
     */
    Path next(Instant now) throws IOException {
        return following(old(), now);
    }

    /** The same by a list, which may miss files. */
    Path following(List<Old> listed, Instant now) {
        Old next = new Old(STAMP.format(now), 0);
        if (!listed.isEmpty()) {
            Old newest = listed.get(listed.size() - 1);
            next = newest.stamp().compareTo(next.stamp()) < 0 ? next : newest.after();
        }
        // A list of a large folder misses a file that gets its compressed name meanwhile.
        while (isTaken(plain(next))) {
            next = next.after();
        }
        return plain(next);
    }

    private Path plain(Old old) {
        return folder.resolve(stem + "-" + old.stamp() + "-" + String.format("%03d", old.number()) + extension);
    }

    /** In this order: the plain file goes only when the compressed one is there. */
    private static boolean isTaken(Path plain) {
        return Files.exists(plain) || Files.exists(compressed(plain));
    }

    /**
     * Compresses what is not yet compressed and takes away what is too old.
     *
     * @throws java.io.InterruptedIOException where the thread is to end
     */
    void tidy() throws IOException {
        removeOld();
        Compressor compressor = new Compressor(new Processors()::areBusy);
        for (List<Path> plain = plain(); options.compress() && !plain.isEmpty(); plain = plain()) {
            compress(plain.get(0), compressor);
            // Others may have come meanwhile.
            removeOld();
        }
    }

    private void removeOld() throws IOException {
        List<Old> old = old();
        for (int i = 0; i < old.size() - options.keep(); i++) {
            Path plain = plain(old.get(i));
            Files.deleteIfExists(plain);
            Files.deleteIfExists(compressed(plain));
            Files.deleteIfExists(temporary(plain));
        }
    }

    private List<Path> plain() throws IOException {
        return old().stream().map(this::plain).filter(Files::exists).toList();
    }

    /** Shows the lines of the old files, those of the newest file first, for as long as a file has wanted ones alone. */
    void backwards(Predicate<byte[]> wanted) throws IOException {
        List<Old> old = old();
        boolean all = true;
        for (int i = old.size() - 1; i >= 0 && all; i--) {
            Path plain = plain(old.get(i));
            // In this order, as the plain one may get its other name now.
            all = show(Files.exists(plain) ? plain : compressed(plain), wanted);
        }
    }

    /** Whether every line of a file was wanted. */
    private static boolean show(Path file, Predicate<byte[]> wanted) {
        boolean all = true;
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(GZ) ? new GZIPInputStream(raw) : raw;
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                all &= wanted.test(line.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException damaged) {
            // What is in it cannot be known: a line may come twice, which is better than none ever again.
            LOG.warn("{} cannot be read: {}", file, damaged.toString());
        }
        return all;
    }

    /** Makes the names of the files survive a power cut. */
    static void keepNames(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    /** Oldest first, each once, also where a crash left it plain and compressed. */
    private List<Old> old() throws IOException {
        SortedSet<Old> old = new TreeSet<>();
        try (DirectoryStream<Path> list = Files.newDirectoryStream(folder)) {
            for (Path file : list) {
                Matcher name = names.matcher(file.getFileName().toString());
                if (name.matches()) {
                    old.add(new Old(name.group(1), Integer.parseInt(name.group(2))));
                }
            }
        }
        return List.copyOf(old);
    }

    private static void compress(Path file, Compressor compressor) throws IOException {
        // One that an earlier compression left, which did not come to its end, is written over.
        Path temporary = temporary(file);
        compressor.compress(file, temporary);
        // The plain one goes only now that this one is on the disk.
        Files.move(temporary, compressed(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.delete(file);
    }

    private static Path temporary(Path plain) {
        return plain.resolveSibling(plain.getFileName() + GZ + TEMPORARY);
    }

    private static Path compressed(Path plain) {
        return plain.resolveSibling(plain.getFileName() + GZ);
    }
}
