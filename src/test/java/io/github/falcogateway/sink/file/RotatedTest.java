package io.github.falcogateway.sink.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RotatedTest {

    private static final Clock ONE_SECOND = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    /** Of one second, the names of which have three digits. */
    private static final int FILES = 100;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", ".gz", ".gz and plain"})
    void givesNoNameThatAFileHasWhichTheListMissed(String form) throws Exception {
        Rotated rotated = new Rotated(new FileOptions(folder.resolve("events.ndjson"), 1, Duration.ZERO, FILES, true));
        for (int number = 0; number < 2; number++) {
            Path plain = rotated.following(List.of(), ONE_SECOND.instant());
            assertThat(plain).hasFileName("events-20260101T000000Z-00" + number + ".ndjson");
            if (!form.equals(".gz")) {
                Files.createFile(plain);
            }
            if (!form.isEmpty()) {
                Files.createFile(plain.resolveSibling(plain.getFileName() + ".gz"));
            }
        }
        assertThat(rotated.following(List.of(), ONE_SECOND.instant()))
                .hasFileName("events-20260101T000000Z-002.ndjson");
    }

    @Test
    void keepsEveryFileThatEndsWhileOthersAreCompressed() throws Exception {
        FileOptions options = new FileOptions(folder.resolve("events.ndjson"), 1, Duration.ZERO, FILES, true);
        List<String> lines =
                IntStream.range(0, FILES).mapToObj(n -> "line " + n).toList();
        // A folder that is listed in several steps, between which its files change their names.
        for (int i = 0; i < 3000; i++) {
            Files.createFile(folder.resolve("another file of the folder, number " + i));
        }
        AtomicBoolean ended = new AtomicBoolean();

        try (LineFile file = new LineFile(options, ONE_SECOND, channel -> channel.force(false))) {
            CompletableFuture<Void> tidying = CompletableFuture.runAsync(() -> tidyUntil(ended, file.rotated()));
            try {
                for (int i = 0; i < FILES; i++) {
                    if (file.rotate()) {
                        // So that the next one ends while this one gets its other name.
                        awaitCompression(i - 1);
                    }
                    file.append(ByteBuffer.wrap((lines.get(i) + "\n").getBytes(StandardCharsets.UTF_8)));
                }
                file.rotate();
            } finally {
                ended.set(true);
                tidying.join();
            }

            List<String> found = new ArrayList<>();
            file.rotated().backwards(line -> {
                found.add(0, new String(line, StandardCharsets.UTF_8));
                return true;
            });
            assertThat(found).isEqualTo(lines);
        }
    }

    @Test
    void takesTheOldestAwayThoughTheClockWentBackAndASecondHadAThousandFiles() throws Exception {
        FileOptions options = new FileOptions(folder.resolve("events.ndjson"), 1, Duration.ZERO, 2, false);
        Rotated rotated = new Rotated(options);
        Instant now = ONE_SECOND.instant();
        for (String name : List.of("999", "1000", "001")) {
            Files.writeString(folder.resolve("events-20260101T000000Z-" + name + ".ndjson"), name);
        }
        Path newest = rotated.next(now.minus(Duration.ofDays(1)));
        Files.writeString(newest, "1001");
        rotated.tidy();
        assertThat(newest).hasFileName("events-20260101T000000Z-1001.ndjson").exists();
        assertThat(folder.resolve("events-20260101T000000Z-1000.ndjson")).exists();
        assertThat(folder)
                .isDirectoryNotContaining("glob:**-999.ndjson")
                .isDirectoryNotContaining("glob:**-001.ndjson");
        assertThat(rotated.next(now.plusSeconds(1))).hasFileName("events-20260101T000001Z-000.ndjson");
    }

    @Test
    void countsAFileOnceThatACrashLeftPlainAndCompressed() throws Exception {
        FileOptions options = new FileOptions(folder.resolve("events"), 1, Duration.ZERO, 2, false);
        String old = "events-20260101T000000Z-000";
        String other = "events-20260101T000000Z-000.ndjson";
        for (String name : List.of(old, old + ".gz", "events-20260101T000000Z-001", other, other + ".gz")) {
            Files.createFile(folder.resolve(name));
        }
        new Rotated(options).tidy();
        // Those of another sink of the folder, whose file has an extension, are not this one's.
        assertThat(folder).isDirectoryContaining("glob:**" + old).isDirectoryContaining("glob:**" + other + ".gz");
        new Rotated(new FileOptions(options.path(), 1, Duration.ZERO, 1, false)).tidy();
        assertThat(folder).isDirectoryNotContaining("glob:**" + old).isDirectoryNotContaining("glob:**" + old + ".gz");
        assertThat(folder).isDirectoryContaining("glob:**" + other);
    }

    private void awaitCompression(int number) {
        Path compressed = folder.resolve(String.format("events-20260101T000000Z-%03d.ndjson.gz", number));
        Path temporary = compressed.resolveSibling(compressed.getFileName() + ".tmp");
        long begun = System.nanoTime();
        while (!Files.exists(temporary) && !Files.exists(compressed)) {
            assertThat(System.nanoTime() - begun)
                    .as("the wait for file %s in nanoseconds", number)
                    .isLessThan(10_000_000_000L);
        }
    }

    private static void tidyUntil(AtomicBoolean ended, Rotated rotated) {
        while (!ended.get()) {
            try {
                rotated.tidy();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
