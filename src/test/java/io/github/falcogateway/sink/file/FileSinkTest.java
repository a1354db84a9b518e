package io.github.falcogateway.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.falcogateway.codec.KeptReader;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.Outcome;
import io.github.falcogateway.sink.UnsyncedException;
import io.github.falcogateway.testing.Patience;
import io.github.falcogateway.testing.TestEvents;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    /** The names that a power cut would leave. */
    private final AtomicReference<List<String>> kept = new AtomicReference<>(List.of());

    private final AtomicBoolean broken = new AtomicBoolean();
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("events.ndjson");
    }

    @AfterEach
    void end() {
        get(vertx.close());
    }

    @Test
    void writesOneEventALine() throws Exception {
        FileSink sink = open(options(0, Duration.ZERO), Clock.systemUTC());
        deliver(sink, 1, 2, 3);
        assertThat(Files.readAllLines(file)).hasSize(3).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
    }

    @Test
    void cutsOffATornLineAndWritesNoEventTwiceAfterARestart() throws Exception {
        FileSink first = open(options(0, Duration.ZERO), Clock.systemUTC());
        deliver(first, 1, 2, 3);
        get(first.close());
        Files.writeString(file, "{\"rule\":\"torn", StandardOpenOption.APPEND);
        FileSink second = open(options(0, Duration.ZERO), Clock.systemUTC());
        deliver(second, 2, 3, 4);
        assertThat(Files.readAllLines(file)).hasSize(4).noneMatch(line -> line.contains("torn"));
    }

    @Test
    void rotatesBySizeCompressesAndKeepsTheNewest() throws Exception {
        FileSink sink = open(options(1, Duration.ZERO), Clock.systemUTC());
        for (long id = 1; id <= 5; id++) {
            deliver(sink, id);
        }
        List<String> kept = await().until(
                        this::names,
                        names -> names.stream()
                                                .filter(name -> name.endsWith(".gz"))
                                                .count()
                                        == 2
                                && names.size() == 3);
        assertThat(Files.readAllLines(file)).hasSize(1);
        Path newest = folder.resolve(kept.stream()
                .filter(name -> name.endsWith(".gz"))
                .sorted()
                .toList()
                .get(1));
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(newest)), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).contains("\"id\":\"4\"");
        }
    }

    @Test
    void rotatesBySizeWithinWhatComesAtOnce() throws Exception {
        long line = Delivery.lines(batch(1));
        FileSink sink = open(new FileOptions(file, 2 * line, Duration.ZERO, 9, false), Clock.systemUTC());
        deliver(sink, 1, 2, 3, 4, 5, 6, 7);
        List<List<Long>> files = new ArrayList<>();
        for (String name : names().stream().sorted().toList()) {
            files.add(ids(folder.resolve(name)));
        }
        assertThat(files).containsExactly(List.of(1L, 2L), List.of(3L, 4L), List.of(5L, 6L), List.of(7L));
    }

    @Test
    void rotatesByTime() throws Exception {
        FileSink today = open(options(0, Duration.ofDays(1)), Clock.systemUTC());
        deliver(today, 1);
        get(today.close());
        FileSink tomorrow = open(options(0, Duration.ofDays(1)), Clock.offset(Clock.systemUTC(), Duration.ofDays(1)));
        deliver(tomorrow, 2);
        assertThat(Files.readAllLines(file)).singleElement().asString().contains("\"id\":\"2\"");
    }

    @Test
    void knowsItsPlaceWhenTheFileWasRotatedRightBeforeARestart() throws Exception {
        FileSink first = open(options(0, Duration.ofDays(1)), Clock.systemUTC());
        deliver(first, 1, 2);
        get(first.close());
        Files.move(
                file,
                new Rotated(options(0, Duration.ZERO)).next(Clock.systemUTC().instant()));
        FileSink second = open(options(0, Duration.ZERO), Clock.systemUTC());
        deliver(second, 2, 3);
        assertThat(Files.readAllLines(file)).singleElement().asString().contains("\"id\":\"3\"");
    }

    @Test
    void goesOnInANewFileWhereSomebodyMovedTheOldOne() throws Exception {
        FileSink sink = open(options(0, Duration.ZERO), Clock.systemUTC());
        deliver(sink, 1);
        Files.move(file, folder.resolve("moved"));
        deliver(sink, 2);
        assertThat(Files.readAllLines(file)).hasSize(1);
        assertThat(kept.get()).containsExactlyInAnyOrder("events.ndjson", "moved");
    }

    @Test
    void goesOnInANewFolderWhereSomebodyTookTheOldOneAway() throws Exception {
        FileSink sink = open(options(0, Duration.ZERO), Clock.systemUTC());
        deliver(sink, 1);
        Files.move(folder, folder.resolveSibling(folder.getFileName() + "-away"));
        deliver(sink, 2);
        assertThat(ids()).containsExactly(2L);
    }

    @Test
    void writesWhatItHasNotThoughItsIdIsBehindTheFilesLast() throws Exception {
        FileSink first = open(options(0, Duration.ZERO), Clock.systemUTC());
        deliver(first, 1, 2, 4, 5);
        deliver(first, 3);
        get(first.close());
        assertThat(ids()).containsExactly(1L, 2L, 4L, 5L, 3L);
        FileSink second = open(options(0, Duration.ZERO), Clock.systemUTC());
        get(second.deliver(List.of(new Delivery(TestEvents.journaled(2, "of a new journal", "Error"), ""))));
        assertThat(ids()).containsExactly(1L, 2L, 4L, 5L, 3L, 2L);
    }

    @Test
    void writesNoneTwiceThatIsInAFileRotatedWithinTheCrash() throws Exception {
        FileSink first = open(options(Delivery.lines(batch(1)) + 1, Duration.ZERO), Clock.systemUTC());
        deliver(first, 1, 2);
        deliver(first, 3, 4);
        deliver(first, 5);
        get(first.close());
        FileSink second = open(options(0, Duration.ZERO), Clock.systemUTC());
        deliver(second, 2, 3, 4, 5, 6);
        assertThat(ids()).containsExactly(5L, 6L);
    }

    @Test
    void goesOnWhereTheFileEndsThoughAnotherWroteToIt() throws Exception {
        FileSink sink = open(options(0, Duration.ZERO), Clock.systemUTC());
        deliver(sink, 1, 2);
        FileSink trial = open(options(0, Duration.ZERO), Clock.systemUTC());
        deliver(trial, 7);
        deliver(sink, 3);
        assertThat(ids()).containsExactly(1L, 2L, 7L, 3L);
        Files.writeString(file, "");
        deliver(sink, 4);
        assertThat(ids()).containsExactly(4L);
    }

    @Test
    void writesWholeLinesWhereTwoSinksSpellTheSamePathDifferently() throws Exception {
        FileSink one = open(new FileOptions(file, 2000, Duration.ZERO, 1000, false), Clock.systemUTC());
        FileSink other = open(
                new FileOptions(folder.resolve("./events.ndjson"), 2000, Duration.ZERO, 1000, false),
                Clock.systemUTC());
        List<Future<Outcome>> deliveries = new ArrayList<>();
        for (long id = 1; id <= 400; id += 2) {
            deliveries.add(one.deliver(batch(id)));
            deliveries.add(other.deliver(batch(id + 1)));
        }
        for (Future<Outcome> delivery : deliveries) {
            assertThat(get(delivery).fault()).isNull();
        }
        List<Long> all = new ArrayList<>();
        for (String name : names()) {
            all.addAll(ids(folder.resolve(name)));
        }
        assertThat(all)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 400).boxed().toList());
    }

    @Test
    void goesOnAfterARotationThatStoppedHalfway() throws Exception {
        FileSink sink = open(options(1, Duration.ZERO), Clock.systemUTC());
        deliver(sink, 1);
        Path away = Files.move(folder, folder.resolveSibling(folder.getFileName() + "-away"));
        Files.createFile(folder);
        Outcome stopped = get(sink.deliver(List.of(new Delivery(TestEvents.journaled(2, "r2", "Error"), ""))));
        assertThat(String.valueOf(stopped.fault())).contains("Exception: ").contains(folder.toString());
        Files.delete(folder);
        Files.move(away, folder);
        deliver(sink, 2);
        assertThat(ids()).containsExactly(2L);
    }

    @Test
    void writesNoneTwiceHoweverFarItsPlaceIsBehind() throws Exception {
        int many = 150_000;
        try (Writer lines = Files.newBufferedWriter(file)) {
            for (long id = 1; id <= many; id++) {
                lines.write(new String(event(id).json(), StandardCharsets.UTF_8) + "\n");
            }
        }
        FileSink sink = open(options(0, Duration.ZERO), Clock.systemUTC());
        deliver(sink, 1, many + 1);
        assertThat(ids()).hasSize(many + 1).doesNotHaveDuplicates();
    }

    @Test
    void cutsOffWhatASyncThatFailedMayHaveLostAndWritesItAgainOnce() throws Exception {
        FileSink sink = open(options(0, Duration.ZERO), Clock.systemUTC());
        deliver(sink, 1, 2);
        get(sink.flush());
        deliver(sink, 3, 4);
        broken.set(true);
        isLost(sink.flush());
        assertThat(ids()).containsExactly(1L, 2L);
        deliver(sink, 2, 3, 4, 5);
        get(sink.flush());
        assertThat(ids()).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void endsNoFileThatCannotBeSynced() throws Exception {
        FileSink sink = open(options(1, Duration.ZERO), Clock.systemUTC());
        deliver(sink, 1);
        broken.set(true);
        assertThat(get(sink.deliver(batch(2))).fault()).isNotNull();
        isLost(sink.deliver(batch(2)));
        deliver(sink, 1);
        assertThat(ids()).containsExactly(1L);
        assertThat(names()).hasSize(1);
    }

    @Test
    void leavesNothingForTheNextStartThatCannotBeSynced() throws Exception {
        FileSink sink = open(options(0, Duration.ZERO), Clock.systemUTC());
        deliver(sink, 1);
        get(sink.flush());
        deliver(sink, 2);
        broken.set(true);
        get(sink.close());
        assertThat(ids()).containsExactly(1L);
    }

    @Test
    void writesAgainWhatAProcessThatDiedHadWrittenAndTheFirstSyncLost() throws Exception {
        deliver(open(options(0, Duration.ZERO), Clock.systemUTC()), 1, 2, 3);
        FileSink second = open(1);
        deliver(second, 2, 3, 4);
        assertThat(ids()).containsExactly(1L, 2L, 3L, 4L);
        broken.set(true);
        isLost(second.flush());
        assertThat(ids()).containsExactly(1L);
        deliver(second, 2, 3, 4);
        get(second.flush());
        assertThat(ids()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void keepsWhatAProcessThatDiedHadWrittenOnceItIsSynced() throws Exception {
        deliver(open(options(0, Duration.ZERO), Clock.systemUTC()), 1, 2);
        FileSink second = open(0);
        deliver(second, 1, 2);
        get(second.flush());
        deliver(second, 3);
        broken.set(true);
        isLost(second.flush());
        assertThat(ids()).containsExactly(1L, 2L);
    }

    @Test
    void cutsOffNothingOfASinkBesideIt() throws Exception {
        FileSink sink = open(options(0, Duration.ZERO), Clock.systemUTC());
        deliver(sink, 1);
        FileSink trial = open(options(0, Duration.ZERO), Clock.systemUTC());
        deliver(sink, 2);
        get(sink.flush());
        deliver(trial, 7);
        broken.set(true);
        get(trial.close());
        assertThat(ids()).containsExactly(1L, 2L);
        FileSink another = open(options(0, Duration.ZERO), Clock.systemUTC());
        deliver(another, 8);
        deliver(sink, 3);
        get(sink.flush());
        broken.set(true);
        get(another.close());
        assertThat(ids()).containsExactly(1L, 2L, 8L, 3L);
    }

    @Test
    void opensItsFileOnceHoweverOftenTheOldOnesCannotBeListed() throws Exception {
        Path descriptors = Path.of("/proc/self/fd");
        Assumptions.assumeTrue(Files.isDirectory(descriptors));
        Path gone = folder.resolve("gone").resolve("events.ndjson");
        FileSink sink = new FileSink(vertx, FileOptions.at(gone), Clock.systemUTC(), new LineFile.Disk() {
            @Override
            public void sync(FileChannel written) {}

            @Override
            public void keepNames(Path of) throws IOException {
                Files.delete(gone);
                Files.delete(of);
            }
        });
        sink.goOn(1);
        for (int i = 0; i < 3; i++) {
            Future<Void> opening = sink.open();
            assertThatThrownBy(() -> Patience.get(opening)).hasRootCauseInstanceOf(NoSuchFileException.class);
        }
        try (Stream<Path> open = Files.list(descriptors)) {
            assertThat(open.filter(fd -> pointsTo(fd, gone))).hasSizeLessThan(2);
        }
        get(sink.close());
    }

    private static boolean pointsTo(Path descriptor, Path file) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith(file.toString());
        } catch (IOException closed) {
            return false;
        }
    }

    private FileSink open(long place) {
        FileSink sink = sink(options(0, Duration.ZERO), Clock.systemUTC());
        sink.goOn(place);
        get(sink.open());
        return sink;
    }

    private static void isLost(Future<?> future) {
        assertThatThrownBy(() -> Patience.get(future))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(UnsyncedException.class);
    }

    private List<Long> ids() throws IOException {
        return ids(file);
    }

    private static List<Long> ids(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> KeptReader.id(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private FileOptions options(long size, Duration every) {
        return new FileOptions(file, size, every, 2, true);
    }

    private FileSink open(FileOptions options, Clock clock) {
        FileSink sink = sink(options, clock);
        get(sink.open());
        return sink;
    }

    private FileSink sink(FileOptions options, Clock clock) {
        return new FileSink(vertx, options, clock, new LineFile.Disk() {
            @Override
            public void sync(FileChannel written) throws IOException {
                if (broken.getAndSet(false)) {
                    // The kernel has dropped it now, and says nothing of it the next time.
                    throw new IOException("Input/output error");
                }
                written.force(false);
            }

            @Override
            public void keepNames(Path of) throws IOException {
                kept.set(names());
            }
        });
    }

    private static JournaledEvent event(long id) {
        return TestEvents.journaled(id, "r" + id, "Error");
    }

    private static List<Delivery> batch(long... ids) {
        return LongStream.of(ids).mapToObj(id -> new Delivery(event(id), "")).toList();
    }

    private static void deliver(FileSink sink, long... ids) {
        List<Delivery> batch = batch(ids);
        assertThat(get(sink.deliver(batch))).isEqualTo(Outcome.delivered(batch));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }

    private static <V> V get(Future<V> future) {
        try {
            return Patience.get(future);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
