package io.github.falcogateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.falcogateway.codec.KeptReader;
import io.github.falcogateway.telemetry.Telemetry;
import io.github.falcogateway.testing.JournalContract;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedJournalTest extends JournalContract {

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final List<Journal> open = new ArrayList<>();
    private final List<EmbeddedStore> stores = new ArrayList<>();
    private final List<Segment> made = new ArrayList<>();
    private volatile boolean broken;

    @Override
    protected Journal journal() throws Exception {
        return open(JournalOptions.at(folder));
    }

    @AfterEach
    void end() {
        open.forEach(journal -> await(journal.close()));
        stores.forEach(store -> await(store.close()));
        await(vertx.close());
    }

    @Test
    void findsEverythingAgainAfterAReopen() throws Exception {
        Journal first = journal();
        append(first, 1500);
        close(first);
        Journal second = journal();
        assertThat(second.state().lastId()).isEqualTo(1500);
        assertThat(ids(await(second.readAfter(1498, Limit.of(10))))).containsExactly(1499L, 1500L);
        assertThat(append(second, 1).firstId()).isEqualTo(1501);
        assertThat(ids(await(second.readAfter(0, Limit.of(2000)))))
                .hasSize(1501)
                .doesNotHaveDuplicates();
    }

    @Test
    void keepsASecondGatewayOff() throws Exception {
        journal();
        assertThatThrownBy(this::journal)
                .isInstanceOf(JournalLockedException.class)
                .hasMessageContaining(folder.toString());
    }

    @Test
    void holdsEventsInMemoryWhileTheDiskRefusesAndJournalsThemLater() throws Exception {
        Journal journal = journal();
        append(journal, 3);
        breakDisk();
        Receipt held = append(journal, 2);
        assertThat(held).isEqualTo(new Receipt(4, 5, false));
        assertThat(journal.state().durable()).isFalse();
        assertThat(ids(await(journal.readAfter(0, Limit.of(10))))).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThatThrownBy(() -> await(journal.append(List.of(draft("x")), Durability.REQUIRED)))
                .isInstanceOf(NoRoomException.class);
        broken = false;
        Awaitility.await().until(() -> journal.state().durable());
        append(journal, 1);
        close(journal);
        Journal again = journal();
        assertThat(ids(await(again.readAfter(0, Limit.of(10))))).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void putsNothingBehindAPageThatWasCutShort() throws Exception {
        // A file for each commit, and behind them what memory holds.
        Journal journal = open(
                new JournalOptions(folder, null, true, 64 << 20, Duration.ofDays(1), 1L << 30, 1, Duration.ofDays(1)));
        for (int i = 0; i < 4; i++) {
            await(journal.append(List.of(draft("disk", 700_000)), Durability.CONFIGURED));
        }
        breakDisk();
        for (int i = 0; i < 4; i++) {
            assertThat(await(journal.append(List.of(draft("held", 700_000)), Durability.CONFIGURED))
                            .durable())
                    .isFalse();
        }
        assertThat(ids(await(journal.readAfter(0, Limit.of(100))))).containsExactly(1L, 2L);
        assertThat(ids(await(journal.readAfter(2, Limit.of(100))))).containsExactly(3L, 4L);
        assertThat(ids(await(journal.readAfter(3, Limit.of(100))))).containsExactly(4L, 5L);
        List<Long> all = List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(walk(Limit.of(100), 0, place -> journal.readAfter(place, Limit.of(100))))
                .isEqualTo(all);
        List<Long> newestFirst = List.of(8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
        assertThat(walk(Limit.of(100), Long.MAX_VALUE, place -> journal.readBefore(place, Limit.of(100))))
                .isEqualTo(newestFirst);
        assertThat(ids(await(journal.history().read(newestFirst)))).containsExactly(8L, 7L);
        assertThat(ids(await(journal.history().read(newestFirst.subList(3, 8)))))
                .containsExactly(5L, 4L);
    }

    @Test
    void beginsInMemoryWhereTheDiskRefusesTheFolder() throws Exception {
        Journal before = journal();
        append(before, 3);
        close(before);
        // What no right of root opens for writing.
        Files.delete(folder.resolve("lock"));
        Path wall = Files.createDirectory(folder.resolve("lock"));
        Journal journal = unlockable();
        assertThat(journal.state().fault()).contains("lock");
        assertThat(append(journal, 2)).isEqualTo(new Receipt(4, 5, false));
        assertThat(ids(await(journal.readAfter(0, Limit.of(10))))).containsExactly(1L, 2L, 3L, 4L, 5L);
        Files.delete(wall);
        Awaitility.await().until(() -> journal.state().durable());
        assertThatThrownBy(this::journal).isInstanceOf(JournalLockedException.class);
        close(journal);
        assertThat(ids(await(journal().readAfter(0, Limit.of(10))))).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void refusesAPathThatCanNeverBeAFolder() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> open(JournalOptions.at(file.resolve("data"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file + " is none");
    }

    @Test
    void refusesWhenMemoryIsFullToo() throws Exception {
        JournalOptions small =
                new JournalOptions(folder, null, true, 400, Duration.ofDays(1), 1L << 30, 1L << 20, Duration.ofDays(1));
        Journal journal = open(small);
        append(journal, 1);
        breakDisk();
        assertThat(append(journal, 1).durable()).isFalse();
        assertThatThrownBy(() -> append(journal, 1)).isInstanceOf(NoRoomException.class);
        broken = false;
        Awaitility.await().until(() -> journal.state().durable());
    }

    @Test
    void startsOverADamagedFile() throws Exception {
        Journal first = journal();
        append(first, 3);
        close(first);
        Path segment = SegmentFile.path(folder, 1);
        Files.write(segment, new byte[8192]);
        Journal second = journal();
        assertThat(append(second, 1).firstId()).isGreaterThan(3);
        assertThat(Files.exists(segment.resolveSibling(segment.getFileName() + ".damaged")))
                .isTrue();
    }

    @Test
    void neverGivesAnIdThatASinkHasPassed() throws Exception {
        try (Stored store = new Stored()) {
            await(store.store.commit("archive", 77, List.of(), Map.of()));
        }
        assertThat(append(journal(), 1).firstId()).isEqualTo(78);
    }

    @Test
    void takesOldFilesAwayOnceEverySinkHasHadThem() throws Exception {
        JournalOptions tiny =
                new JournalOptions(folder, null, true, 1 << 20, Duration.ZERO, 1L << 30, 1, Duration.ofDays(1));
        Telemetry telemetry = new Telemetry("test");
        EmbeddedStore store = EmbeddedStore.open(vertx, folder, new KeptReader());
        await(store.commit("slow", 2, List.of(), Map.of()));
        SegmentFiles files = SegmentFiles.in(folder, new KeptReader(), telemetry.journal());
        EmbeddedJournal.Parts parts = new EmbeddedJournal.Parts(
                tiny,
                firstId -> Segment.create(folder, firstId, true),
                files,
                new Tail(),
                new JournalIndex(folder, files, 0));
        JournalWriter writer = new JournalWriter(parts, 0, telemetry.journal(), List.of());
        for (int id = 1; id <= 4; id++) {
            writer.commit(List.of(pending(id)));
        }
        Retention retention = new Retention(
                parts,
                store,
                telemetry.journal(),
                java.time.Clock.offset(java.time.Clock.systemUTC(), Duration.ofHours(1)));
        writer.close();
        retention.apply(4);
        assertThat(files.all().keySet()).containsExactly(3L, 4L);
        await(store.close());
    }

    @Test
    void showsNoEventWhoseSyncFailedUntilItIsWrittenAnew() throws Exception {
        Telemetry telemetry = new Telemetry("test");
        SegmentFiles files = SegmentFiles.in(folder, new KeptReader(), telemetry.journal());
        EmbeddedJournal.Parts parts = new EmbeddedJournal.Parts(
                JournalOptions.at(folder),
                firstId -> Segment.create(folder, firstId, true),
                files,
                new Tail(),
                new JournalIndex(folder, files, 0));
        JournalWriter writer = new JournalWriter(parts, 0, telemetry.journal(), List.of());
        writer.commit(List.of(pending(1)));

        // A channel refuses to sync for a thread that is interrupted; SQLite has written the commit by then.
        Thread.currentThread().interrupt();
        writer.commit(List.of(pending(2)));
        assertThat(Thread.interrupted()).isTrue();

        assertThat(writer.fault()).isNotEmpty();
        assertThat(ids(writer.held().all())).containsExactly(2L);
        assertThat(idsIn(files)).containsExactly(1L);
        Awaitility.await().until(() -> {
            writer.idle();
            return writer.fault().isEmpty();
        });
        assertThat(idsIn(files)).containsExactly(1L, 2L);
        writer.close();
    }

    private static List<Long> idsIn(SegmentFiles files) throws IOException {
        Page page = new Page(Limit.of(10));
        files.readAfter(0, page);
        return ids(page.events());
    }

    private static Pending pending(long id) {
        return new Pending(id, List.of(draft("r")), Durability.CONFIGURED, io.vertx.core.Promise.promise(), null);
    }

    private void breakDisk() {
        broken = true;
        // The file in use must fail as well: closing its connection is the surest way to a refused commit.
        made.get(made.size() - 1).close();
    }

    /** One that takes its lock before it writes, as a gateway does. */
    private Journal unlockable() throws IOException {
        EmbeddedStore store = EmbeddedStore.open(vertx, folder, new KeptReader());
        stores.add(store);
        Journal journal = EmbeddedJournal.open(
                vertx, JournalOptions.at(folder), new KeptReader(), store, new Telemetry("test").journal());
        open.add(journal);
        return journal;
    }

    private void close(Journal journal) {
        open.remove(journal);
        await(journal.close());
    }

    private Journal open(JournalOptions options) throws Exception {
        EmbeddedStore store = EmbeddedStore.open(vertx, folder, new KeptReader());
        stores.add(store);
        JournalWriter.SegmentMaker maker = firstId -> {
            if (broken) {
                throw new IOException("no space left on device");
            }
            Segment segment = Segment.create(options.path(), firstId, true);
            made.add(segment);
            return segment;
        };
        Journal journal = EmbeddedJournal.open(
                vertx,
                options,
                DataFolder.at(options.path()),
                new KeptReader(),
                store,
                new Telemetry("test").journal(),
                maker);
        open.add(journal);
        return journal;
    }

    /** A store of its own. */
    private final class Stored implements AutoCloseable {
        private final EmbeddedStore store;

        Stored() throws IOException {
            store = EmbeddedStore.open(vertx, folder, new KeptReader());
        }

        @Override
        public void close() {
            await(store.close());
        }
    }
}
