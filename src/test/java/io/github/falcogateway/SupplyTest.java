package io.github.falcogateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reasons of bench/advisories/accepted hold. */
class SupplyTest {

    @Test
    void servesNoOtherNamesBySni() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<Path> switching = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(SupplyTest::switchesSniOn)
                    .toList();
            assertThat(switching)
                    .as("CVE-2026-6860 reaches a server that does, and Vert.x before 5.0.12 has it")
                    .isEmpty();
        }
    }

    private static boolean switchesSniOn(Path file) {
        try {
            return Files.readString(file).contains("setSni(");
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
