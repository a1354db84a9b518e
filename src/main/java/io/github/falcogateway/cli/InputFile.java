package io.github.falcogateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that somebody names to a command; {@code -} is stdin. */
final class InputFile {

    /** The file is there and ends in the middle, is damaged, or cannot be read on. */
    static final class Broken extends IOException {
        private static final long serialVersionUID = 1;

        Broken(String file, IOException cause) {
            super(file + " cannot be read to its end: " + cause.getMessage(), cause);
        }
    }

    private InputFile() {}

    /** What is wrong with it, for whoever named it; empty where nothing is. */
    static String fault(String file) {
        Path path = Path.of(file);
        if (file.equals("-") || Files.isReadable(path) && !Files.isDirectory(path)) {
            return "";
        }
        return file + (Files.exists(path) ? " cannot be read" : " does not exist");
    }
}
