package io.github.falcogateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ImportRunTest {

    private static final Instant FIRST = Instant.parse("2026-05-01T10:00:00Z");

    @TempDir
    Path folder;

    private ImportPlace.Known keptAfterChunkOf(int lines) throws Exception {
        Path file = Files.writeString(folder.resolve("events.ndjson"), "");
        ImportPlace place = ImportPlace.of(file, "gateway", folder.resolve("state"));
        GatewayOption nowhere = new GatewayOption();
        new CommandLine(nowhere).parseArgs("--to", "http://127.0.0.1:1");
        ImportSender nobody = new ImportSender(nowhere, false);
        try (ImportRun run = new ImportRun(nobody, new ImportProgress(nobody), place, "own")) {
            run.begin(new ImportPlace.Known(0, 5, FIRST), null);
            for (int line = 0; line < lines; line++) {
                run.take("{\"rule\":\"r\"}", false);
            }
            run.send();
        }
        ImportPlace.Known known = place.known();
        assertThat(known).isNotNull();
        return known;
    }

    @Test
    void looksFromTheFirstTimeOnForWhatWasOnTheWayTwice() throws Exception {
        assertThat(keptAfterChunkOf(3)).isEqualTo(new ImportPlace.Known(0, 5, FIRST));
        assertThat(keptAfterChunkOf(8)).isEqualTo(new ImportPlace.Known(0, 8, FIRST));
    }
}
