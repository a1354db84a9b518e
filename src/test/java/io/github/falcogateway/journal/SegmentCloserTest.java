package io.github.falcogateway.journal;

import static io.github.falcogateway.testing.JournalContract.draft;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.codec.KeptReader;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.telemetry.Telemetry;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentCloserTest {

    @TempDir
    Path folder;

    private final Telemetry telemetry = new Telemetry("test");
    private boolean broken;

    @Test
    void movesTheLogOfAFullFileAndNoLongerCountsItAsInUse() throws Exception {
        SegmentFiles files = SegmentFiles.in(folder, new KeptReader(), telemetry.journal());
        JournalWriter writer = oneEventAFile(files);
        commit(writer, 1);
        assertThat(files.writing().isInUse(1)).isTrue();
        assertThat(WalFile.of(SegmentFile.path(folder, 1))).exists();

        commit(writer, 2);
        Awaitility.await().until(() -> !files.writing().isInUse(1));
        assertThat(WalFile.of(SegmentFile.path(folder, 1))).doesNotExist();
        assertThat(Files.size(SegmentFile.path(folder, 1))).isPositive();
        assertThat(files.writing().isInUse(2)).isTrue();

        writer.close();
        assertThat(files.writing().isInUse(2)).isFalse();
    }

    @Test
    void closesAFullFileOnceWhereTheNextCannotBeMade() throws Exception {
        SegmentFiles files = SegmentFiles.in(folder, new KeptReader(), telemetry.journal());
        JournalWriter writer = oneEventAFile(files);
        commit(writer, 1);
        broken = true;
        commit(writer, 2);
        assertThat(writer.fault()).contains("no room");
        broken = false;
        Awaitility.await().until(() -> {
            writer.idle();
            return writer.fault().isEmpty();
        });
        writer.close();
        Page page = new Page(Limit.of(10));
        files.readAfter(0, page);
        assertThat(page.events()).extracting(JournaledEvent::id).containsExactly(1L, 2L);
    }

    private JournalWriter oneEventAFile(SegmentFiles files) {
        JournalOptions options =
                new JournalOptions(folder, null, true, 1 << 20, Duration.ZERO, 1L << 30, 1, Duration.ofDays(1));
        JournalWriter.SegmentMaker maker = firstId -> {
            if (broken) {
                throw new IOException("no room");
            }
            return Segment.create(folder, firstId, true);
        };
        return new JournalWriter(
                new EmbeddedJournal.Parts(options, maker, files, new Tail(), new JournalIndex(folder, files, 0)),
                0,
                telemetry.journal(),
                List.of());
    }

    private static void commit(JournalWriter writer, long id) {
        writer.commit(List.of(new Pending(id, List.of(draft("r")), Durability.CONFIGURED, Promise.promise(), null)));
    }
}
