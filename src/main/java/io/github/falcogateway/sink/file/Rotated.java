package io.github.falcogateway.sink.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The old files beside the one that is written: their names, their compression, their end. Thread-safe: one thread
 * writes and rotates, another one tidies.
 */
final class Rotated {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String GZ = ".gz";
    private static final String TEMPORARY = ".tmp";

    private final Path folder;
    private final String stem;
    private final String extension;
    private final FileOptions options;

    Rotated(FileOptions options) {
        this.options = options;
        String name = String.valueOf(options.path().getFileName());
        int dot = name.lastIndexOf('.');
        folder = folder(options.path());
        stem = dot < 1 ? name : name.substring(0, dot);
        extension = dot < 1 ? "" : name.substring(dot);
    }

    /** The folder a file is in. */
    static Path folder(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? Path.of("/") : parent;
    }

    /** Where the file goes that ends now: after every other of the same second, also where earlier ones are gone. */
    Path next(Instant now) throws IOException {
        String prefix = stem + "-" + STAMP.format(now) + "-";
        int number = 0;
        for (Path file : files()) {
            String name = String.valueOf(file.getFileName());
            if (name.startsWith(prefix)) {
                number = Integer.parseInt(name.substring(prefix.length(), prefix.length() + 3)) + 1;
            }
        }
        return folder.resolve(prefix + String.format("%03d", number) + extension);
    }

    /** Compresses what is not yet compressed and takes away what is too old. */
    void tidy() throws IOException {
        List<Path> files = files();
        for (int i = 0; i < files.size() - options.keep(); i++) {
            Files.deleteIfExists(files.get(i));
        }
        if (!options.compress()) {
            return;
        }
        for (Path file : files()) {
            if (!file.toString().endsWith(GZ)) {
                compress(file);
            }
        }
    }

    /** The last line of the newest old file; empty where there is none. */
    String lastLine() throws IOException {
        List<Path> files = files();
        if (files.isEmpty()) {
            return "";
        }
        Path newest = files.get(files.size() - 1);
        String last = "";
        try (InputStream raw = Files.newInputStream(newest);
                InputStream in = newest.toString().endsWith(GZ) ? new GZIPInputStream(raw) : raw;
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line;
            }
        }
        return last;
    }

    /** Oldest first. */
    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> list = Files.newDirectoryStream(folder)) {
            for (Path file : list) {
                String name = file.getFileName().toString();
                boolean ours = name.startsWith(stem + "-")
                        && name.substring(stem.length() + 1).matches("\\d{8}T\\d{6}Z-\\d{3}.*");
                if (ours && (name.endsWith(extension) || name.endsWith(extension + GZ))) {
                    files.add(file);
                }
            }
        }
        files.sort(null);
        return files;
    }

    private static void compress(Path file) throws IOException {
        // One that an earlier compression left, which did not come to its end, is written over.
        Path temporary = file.resolveSibling(file.getFileName() + GZ + TEMPORARY);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(temporary))) {
            Files.copy(file, out);
        }
        Files.move(temporary, compressed(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.delete(file);
    }

    private static Path compressed(Path plain) {
        return plain.resolveSibling(plain.getFileName() + GZ);
    }
}
