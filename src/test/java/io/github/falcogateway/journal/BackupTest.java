package io.github.falcogateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {

    @Test
    void leavesNothingInTheJournalOfAFileThatRetentionTookJustThen(@TempDir Path folder) throws Exception {
        assertThat(Backup.snapshot(SegmentFile.path(folder, 1), folder.resolve("copy")))
                .isFalse();
        assertThat(folder).isEmptyDirectory();
    }
}
