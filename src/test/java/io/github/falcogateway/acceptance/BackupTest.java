package io.github.falcogateway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.falcogateway.journal.Backup;
import io.github.falcogateway.testing.RunningGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {

    @Test
    void bringsBackWhatWasThereWhileTheGatewayRan(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("backup.zip");
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            for (int i = 0; i < 20; i++) {
                gateway.post("{\"rule\":\"before " + i + "\",\"priority\":\"Error\"}");
            }
            assertThat(Backup.write(folder.resolve("data"), file).files()).isEqualTo(2);
            gateway.post("{\"rule\":\"after\",\"priority\":\"Error\"}");
        }
        Path other = Files.createDirectory(folder.resolve("other"));
        Backup.restore(file, other.resolve("data"));
        try (RunningGateway gateway = RunningGateway.in(other, "")) {
            String events = gateway.get("/api/events?limit=100");
            assertThat(events).contains("\"before 0\"", "\"before 19\"").doesNotContain("\"after\"");
        }
    }

    @Test
    void putsNothingOverAJournal(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("backup.zip");
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            gateway.post("{\"rule\":\"r\",\"priority\":\"Error\"}");
            Backup.write(folder.resolve("data"), file);
        }
        assertThatThrownBy(() -> Backup.restore(file, folder.resolve("data")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("there is a journal");
    }

    @Test
    void leavesNothingOfABackupThatIsNotWhole(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("backup.zip");
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            gateway.post("{\"rule\":\"r\",\"priority\":\"Error\"}");
            Backup.write(folder.resolve("data"), file);
            assertThatThrownBy(() -> Backup.write(folder.resolve("data"), folder.resolve("none/backup.zip")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("there is no folder " + folder.resolve("none"));
        }
        byte[] whole = Files.readAllBytes(file);
        Path cut = folder.resolve("cut.zip");
        // In the middle, and where its end begins: all of the journal is before that.
        for (int length : List.of(whole.length / 2, whole.length - 30)) {
            Files.write(cut, Arrays.copyOf(whole, length));
            Path to = folder.resolve("to-" + length);
            assertThatThrownBy(() -> Backup.restore(cut, to))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("damaged");
            assertThat(Backup.restore(file, to).files()).isEqualTo(2);
            assertThat(to).isDirectoryNotContaining("glob:**.part");
        }
    }

    @Test
    void takesNoOtherZip(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("other.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("../../etc/passwd"));
        }
        assertThatThrownBy(() -> Backup.restore(file, folder.resolve("data")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no backup");
        assertThatThrownBy(() -> Backup.write(folder.resolve("nothing"), folder.resolve("b.zip")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no journal");
    }
}
