package io.github.falcogateway.cli;

import io.github.falcogateway.config.GatewayConfig;
import io.github.falcogateway.journal.Backup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** Copies the journal while the gateway runs. Confined to the main thread. */
@CommandLine.Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = "Copies the journal, its events and the sinks' places, into one zip file; the gateway may run.")
final class BackupCommand implements Callable<Integer> {

    @CommandLine.Mixin
    private final ConfigOption option = new ConfigOption();

    @CommandLine.Parameters(paramLabel = "FILE", description = "The zip file to write.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        GatewayConfig config = option.loadOrTell();
        if (config == null) {
            return 2;
        }
        try {
            Backup.Contents contents = Backup.write(config.journal().path(), file);
            System.out.printf("%s: %d files, %d bytes of journal%n", file, contents.files(), contents.bytes());
            return 0;
        } catch (IOException failed) {
            System.err.println("the journal could not be backed up: " + failed.getMessage());
            return 1;
        }
    }
}
