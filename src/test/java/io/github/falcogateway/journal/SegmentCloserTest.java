package io.github.falcogateway.journal;

import static io.github.falcogateway.testing.JournalContract.draft;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.codec.KeptReader;
import io.github.falcogateway.telemetry.Telemetry;
import io.vertx.core.Promise;
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

    @Test
    void movesTheLogOfAFullFileAndNoLongerCountsItAsInUse() throws Exception {
        Telemetry telemetry = new Telemetry("test");
        JournalOptions oneEventAFile =
                new JournalOptions(folder, null, true, 1 << 20, Duration.ZERO, 1L << 30, 1, Duration.ofDays(1));
        SegmentFiles files = SegmentFiles.in(folder, new KeptReader(), telemetry.journal());
        JournalWriter writer = new JournalWriter(
                new EmbeddedJournal.Parts(
                        oneEventAFile,
                        firstId -> Segment.create(folder, firstId, true),
                        files,
                        new Tail(),
                        new JournalIndex(folder, files, 0)),
                0,
                telemetry.journal(),
                List.of());
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

    private static void commit(JournalWriter writer, long id) {
        writer.commit(List.of(new Pending(id, List.of(draft("r")), Durability.CONFIGURED, Promise.promise(), null)));
    }
}
