package io.github.falcogateway.journal;

import static io.github.falcogateway.testing.JournalContract.await;
import static io.github.falcogateway.testing.JournalContract.draft;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.codec.KeptReader;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.telemetry.Telemetry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files cut short and bits flipped, as after a crash: the journal starts, keeps the rest, and says what is lost. */
class DamageTest {

    private static final int EVENTS = 400;
    /** What one page holds of the events of this test, at most. */
    private static final int PAGE = 120;

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Random random = new Random(20261125);
    private int copies;

    @AfterEach
    void end() {
        await(vertx.close());
    }

    @Test
    void keepsWhatIsLeftOfAFileThatWasCutShort() throws Exception {
        Path whole = closed();
        long size = Files.size(segment(whole));
        for (int i = 0; i < 12; i++) {
            Path damaged = copy(whole);
            long at = i * size / 12 + random.nextInt(4096);
            cut(segment(damaged), at);
            Set<Long> left = reopened(damaged);
            assertThat((long) left.size())
                    .as("cut at %d of %d", at, size)
                    .isGreaterThanOrEqualTo(EVENTS * (at - 2L * Sqlite.PAGE_BYTES) / size - 1);
        }
    }

    @Test
    void keepsWhatIsBeforeALastPageThatWasCutShort() throws Exception {
        Path whole = closed();
        long size = Files.size(segment(whole));
        for (int left = 16; left < Sqlite.PAGE_BYTES; left += Sqlite.PAGE_BYTES / 8) {
            Path damaged = copy(whole);
            cut(segment(damaged), size - Sqlite.PAGE_BYTES + left);
            assertThat(reopened(damaged)).as("%d bytes of it", left).hasSizeGreaterThanOrEqualTo(EVENTS - PAGE);
        }
    }

    @Test
    void removesNoFileThatLooksEmptyAndIsNot() throws Exception {
        Path whole = closed();
        try (Connection connection = Sqlite.open(segment(whole), "NORMAL")) {
            // As if the page that leads to the others said it had none.
            Sqlite.run(connection, "DELETE FROM frames");
        }
        assertThat(reopened(whole)).hasSizeGreaterThanOrEqualTo(EVENTS / 2);
    }

    @Test
    void losesAFlippedBitsEventsAlone() throws Exception {
        Path whole = closed();
        for (int i = 0; i < 12; i++) {
            Path damaged = copy(whole);
            flip(segment(damaged), 1);
            assertThat(reopened(damaged)).as("flip %d", i).hasSizeGreaterThanOrEqualTo(EVENTS - PAGE);
        }
    }

    @Test
    void keepsWhatIsBehindADamagedPartOfTheWriteAheadLog() throws Exception {
        Path killed = killed();
        Path log = WalFile.of(segment(killed));
        assertThat(Files.size(log)).isGreaterThan(10 * Sqlite.PAGE_BYTES);
        for (int i = 0; i < 12; i++) {
            Path damaged = copy(killed);
            flip(WalFile.of(segment(damaged)), 1);
            assertThat(reopened(damaged)).as("flip %d", i).hasSizeGreaterThanOrEqualTo(EVENTS - PAGE);
        }
        Path headless = copy(killed);
        byte[] bytes = Files.readAllBytes(WalFile.of(segment(headless)));
        java.util.Arrays.fill(bytes, 0, 32, (byte) 0);
        Files.write(WalFile.of(segment(headless)), bytes);
        assertThat(reopened(headless)).hasSize(EVENTS);
    }

    @Test
    void keepsAWriteAheadLogWhoseFileHasLostAll() throws Exception {
        Path emptied = copy(killed());
        cut(segment(emptied), 0);
        assertThat(reopened(emptied)).hasSize(EVENTS);
    }

    @Test
    void losesNothingOfAWholeWriteAheadLog() throws Exception {
        assertThat(reopened(copy(killed()))).hasSize(EVENTS);
    }

    @Test
    void readsARepairedFileThatTheDiskDoesNotLetIntoItsPlace() throws Exception {
        Path whole = copy(closed());
        Path file = segment(whole);
        // As a crash leaves it in the middle of a repair: the old one set aside, the new one not yet in its place.
        Path repaired = Files.createDirectories(whole.resolve("repair")).resolve(file.getFileName());
        Files.copy(file, repaired);
        Files.move(file, file.resolveSibling(file.getFileName() + ".damaged"));
        Path wall = Files.createDirectories(
                whole.resolve(file.getFileName() + "-shm").resolve("in the way"));
        assertThat(reopened(whole)).hasSize(EVENTS);
        Files.delete(wall);
        assertThat(Repair.goOn(whole)).isEmpty();
        assertThat(Files.exists(file)).isTrue();
    }

    @Test
    void keepsThePlacesAndDeadLettersThatADamagedStoreStillHas() throws Exception {
        EmbeddedStore store = EmbeddedStore.open(vertx, folder, new KeptReader());
        for (int i = 0; i < 200; i++) {
            JournaledEvent event = draft("r" + i).keep(i);
            await(store.commit(
                    "sink" + i,
                    i,
                    List.of(new DeadLetter(event, "", "refused", "", java.time.Instant.now())),
                    Map.of()));
        }
        await(store.close());
        Path file = folder.resolve("state.db");
        for (int i = 0; i < 8; i++) {
            Path damaged = copy(folder);
            flip(damaged.resolve("state.db"), 40);
            EmbeddedStore again = EmbeddedStore.open(vertx, damaged, new KeptReader());
            await(again.commit("sink0", 7, List.of(), Map.of()));
            await(again.close());
        }
        cut(file, 100);
        EmbeddedStore fresh = EmbeddedStore.open(vertx, folder, new KeptReader());
        assertThat(fresh.isNew()).isTrue();
        assertThat(Files.exists(folder.resolve("state.db.damaged"))).isTrue();
        await(fresh.close());
    }

    @Test
    void leavesNothingOfALargeRepairedFileBesideIt() throws Exception {
        Path file = SegmentFile.path(folder, 1);
        String large = "x".repeat(1 << 20);
        // So many that what is repaired is being moved out of its write-ahead log when the last of it is written.
        int events = 16;
        try (Segment segment = Segment.create(folder, 1, false)) {
            for (int id = 1; id <= events; id++) {
                segment.write(new FramePacker().pack(List.of(draft(large).keep(id))));
            }
        }
        Awaitility.await().until(() -> !Files.exists(WalFile.of(file)));
        Repair.repair(file, 1, new KeptReader());
        assertThat(folder.resolve("repair")).isEmptyDirectory();
        Page page = new Page(new Limit(2 * events, Long.MAX_VALUE));
        SegmentFiles.in(folder, new KeptReader(), new Telemetry("test").journal())
                .readAfter(0, page);
        assertThat(page.size()).isEqualTo(events);
    }

    /** The ids that a journal has which is opened over the damage; it goes on, and what it takes is there. */
    private Set<Long> reopened(Path at) throws Exception {
        EmbeddedStore store = EmbeddedStore.open(vertx, at, new KeptReader());
        Telemetry telemetry = new Telemetry("test");
        EmbeddedJournal journal =
                EmbeddedJournal.open(vertx, JournalOptions.at(at), new KeptReader(), store, telemetry.journal());
        try {
            long next = await(journal.append(List.of(draft("after")), Durability.CONFIGURED))
                    .firstId();
            List<JournaledEvent> events = await(journal.readAfter(0, Limit.of(10 * EVENTS)));
            Set<Long> ids = new HashSet<>();
            for (JournaledEvent event : events) {
                assertThat(ids.add(event.id())).isTrue();
                assertThat(event.event().rule()).isEqualTo(event.id() == next ? "after" : "r" + (event.id() - 1));
            }
            assertThat(ids).contains(next);
            assertThat(next).isGreaterThan(ids.size() - 1);
            ids.remove(next);
            if (ids.size() < EVENTS && ids.contains((long) EVENTS)) {
                assertThat(journal.state().damaged()).isEqualTo(EVENTS - ids.size());
            }
            return ids;
        } finally {
            await(journal.close());
            await(store.close());
        }
    }

    /** A journal that was closed in good order. */
    private Path closed() throws Exception {
        return written(true);
    }

    /** What a journal's folder looks like when its process is killed. */
    private Path killed() throws Exception {
        return written(false);
    }

    private Path written(boolean close) throws Exception {
        Path home = Files.createDirectories(folder.resolve("written-" + copies++));
        EmbeddedStore store = EmbeddedStore.open(vertx, home, new KeptReader());
        EmbeddedJournal journal = EmbeddedJournal.open(
                vertx, JournalOptions.at(home), new KeptReader(), store, new Telemetry("test").journal());
        for (int i = 0; i < EVENTS; i += 8) {
            List<io.github.falcogateway.event.Draft> drafts = new ArrayList<>();
            for (int j = i; j < i + 8; j++) {
                drafts.add(draft("r" + j));
            }
            await(journal.append(drafts, Durability.CONFIGURED));
        }
        Path killed = close ? home : copy(home);
        await(journal.close());
        await(store.close());
        return killed;
    }

    private Path copy(Path home) throws IOException {
        Path copy = Files.createDirectories(folder.resolve("copy-" + copies++));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(home)) {
            for (Path file : files) {
                if (Files.isRegularFile(file)) {
                    Files.copy(file, copy.resolve(file.getFileName()));
                }
            }
        }
        return copy;
    }

    private static Path segment(Path home) {
        return SegmentFile.path(home, 1);
    }

    private static void cut(Path file, long at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, (int) Math.min(at, bytes.length)));
    }

    private void flip(Path file, int bits) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < bits; i++) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        Files.write(file, bytes);
    }
}
