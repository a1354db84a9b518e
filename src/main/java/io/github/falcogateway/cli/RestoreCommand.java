package io.github.falcogateway.cli;

import io.github.falcogateway.config.GatewayConfig;
import io.github.falcogateway.journal.Backup;
import io.github.falcogateway.journal.JournalLockedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** Puts a backup where the journal will be. Confined to the main thread. */
@CommandLine.Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = "Puts a backup into journal.path, where no journal is and no gateway runs.")
final class RestoreCommand implements Callable<Integer> {

    @CommandLine.Mixin
    private final ConfigOption option = new ConfigOption();

    @CommandLine.Parameters(paramLabel = "FILE", description = "The zip file of `falco-gateway backup`.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        GatewayConfig config = option.loadOrTell();
        if (config == null) {
            return 2;
        }
        try {
            Backup.Contents contents = Backup.restore(file, config.journal().path());
            System.out.printf(
                    "%s: %d files, %d bytes of journal%n", config.journal().path(), contents.files(), contents.bytes());
            return 0;
        } catch (IOException | JournalLockedException failed) {
            System.err.println("the backup could not be restored: " + failed.getMessage());
            return 1;
        }
    }
}
