package io.github.falcogateway.journal;

import static io.github.falcogateway.testing.JournalContract.draft;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.codec.KeptReader;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.telemetry.Telemetry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed between the two writes of a log's frame, or a disk that keeps half of it, leaves a frame of the
 * present use with other content. What was committed before is whole all the same.
 */
class TornCommitTest {

    private static final int COMMITS = 60;
    private static final int HEADER = 32;
    private static final int FRAME = 24 + Sqlite.PAGE_BYTES;

    @TempDir
    Path folder;

    private int copies;

    @Test
    void keepsWhatWasCommittedBeforeAFrameWithTheContentOfAnEarlierUse() throws Exception {
        tornAnywhere((log, data) -> System.arraycopy(log, HEADER + 24, log, data, Sqlite.PAGE_BYTES));
    }

    @Test
    void keepsWhatWasCommittedBeforeAFrameOfWhichHalfIsThere() throws Exception {
        tornAnywhere((log, data) -> Arrays.fill(log, data + Sqlite.PAGE_BYTES / 2, data + Sqlite.PAGE_BYTES, (byte) 0));
    }

    @Test
    @Timeout(60)
    void looksForNoPageThatADamagedFrameNames() throws Exception {
        try (Segment segment = Segment.create(folder, 1, true)) {
            for (long id = 1; id <= 3; id++) {
                segment.write(new FramePacker().pack(List.of(draft("r" + id).keep(id))));
            }
            byte[] log = Files.readAllBytes(WalFile.of(segment.file()));
            // The highest bit but one of the page's number.
            log[log.length - FRAME] ^= 0x40;
            Path file = put(Files.readAllBytes(segment.file()), log);
            assertThat(repaired(file)).contains(1L, 2L);
        }
    }

    private interface Tear {
        void at(byte[] log, int data);
    }

    private void tornAnywhere(Tear tear) throws Exception {
        byte[] database;
        byte[] log;
        try (Segment segment = Segment.create(folder, 1, true)) {
            FramePacker packer = new FramePacker();
            long id = 1;
            for (int commit = 0; commit < COMMITS; commit++) {
                List<JournaledEvent> events = new ArrayList<>();
                // Small ones, and now and then one that needs pages of its own.
                for (int i = 0; i < 1 + commit % 5; i++) {
                    String rule = commit % 7 == 6 ? noise(20_000, commit) : "r" + id;
                    events.add(draft(rule).keep(id++));
                }
                segment.write(packer.pack(events));
            }
            database = Files.readAllBytes(segment.file());
            log = Files.readAllBytes(WalFile.of(segment.file()));
        }
        int frames = (log.length - HEADER) / FRAME;
        assertThat(frames).isGreaterThan(COMMITS);
        for (int frame = 2; frame < frames; frame++) {
            int begin = HEADER + frame * FRAME;
            Set<Long> committed = read(put(database, Arrays.copyOf(log, begin)));
            byte[] torn = Arrays.copyOf(log, begin + FRAME);
            tear.at(torn, begin + 24);
            assertThat(repaired(put(database, torn)))
                    .as("frame %d of %d", frame, frames)
                    .containsAll(committed);
        }
    }

    private Set<Long> repaired(Path file) throws Exception {
        if (Repair.isLogDamaged(file)) {
            Repair.repair(file, 1, new KeptReader());
        }
        return Files.exists(file) ? read(file) : Set.of();
    }

    private static Set<Long> read(Path file) throws SQLException {
        SegmentReader reader = new SegmentReader(new KeptReader(), new Telemetry("test").journal(), new TreeSet<>());
        Page page = new Page(new Limit(Integer.MAX_VALUE, Long.MAX_VALUE));
        reader.after(file, new SegmentReader.Range(0, Long.MAX_VALUE), page);
        reader.close();
        Set<Long> ids = new TreeSet<>();
        page.events().forEach(event -> ids.add(event.id()));
        return ids;
    }

    private Path put(byte[] database, byte[] log) throws Exception {
        Path file = SegmentFile.path(Files.createDirectories(folder.resolve("copy-" + copies++)), 1);
        Files.write(file, database);
        Files.write(WalFile.of(file), log);
        return file;
    }

    private static String noise(int length, int seed) {
        return new Random(seed)
                .ints(length, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
