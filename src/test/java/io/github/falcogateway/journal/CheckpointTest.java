package io.github.falcogateway.journal;

import static io.github.falcogateway.testing.JournalContract.draft;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.event.JournaledEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {

    private static final int EVENTS = 60_000;

    @TempDir
    Path folder;

    /** Each commit writes a page at least, most of which the log has already. */
    @Test
    void boundsTheLogOfAWriterThatNeverSlowsDown() throws Exception {
        FramePacker packer = new FramePacker();
        try (Segment segment = Segment.create(folder, 1, false)) {
            for (int id = 1; id <= EVENTS; id++) {
                JournaledEvent event = draft("r" + id).keep(id);
                segment.write(packer.pack(List.of(event)));
            }
            long written = (long) EVENTS * Sqlite.PAGE_BYTES;
            assertThat(Files.size(WalFile.of(segment.file()))).isLessThan(written / 2);
        }
    }
}
