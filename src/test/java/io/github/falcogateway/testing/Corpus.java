package io.github.falcogateway.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Data that may stand beside the project and is no part of it; tests on it are skipped where it is absent. */
public final class Corpus {

    private Corpus() {}

    public static Path file(String name) {
        Path file = Path.of("..", "shared", "corpus").resolve(name);
        assumeTrue(Files.exists(file), "the corpus is not there");
        return file;
    }
}
