package io.github.falcogateway.cli;

import io.github.falcogateway.codec.JournalLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Sends the events of journal dumps and event files to a running gateway. Confined to the main thread. */
@CommandLine.Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Sends the events of journal dumps and event files to a running gateway.",
            "Formats are found by content: journalctl -o cat, short, short-iso, json; Falco's file_output; NDJSON; a JSON"
                    + " array; each also compressed with gzip. Lines that are no events are counted.",
            "journalctl -u falco -f | falco-gateway import -   follows the journal."
        })
final class ImportCommand implements Callable<Integer> {

    @CommandLine.Mixin
    private final GatewayOption gateway = new GatewayOption();

    @CommandLine.Parameters(paramLabel = "FILE", arity = "1..*", description = "Files; - is stdin.")
    private List<String> files = List.of();

    @CommandLine.Option(
            names = "--host",
            description = "The host of events whose line names none; else this machine's own name.")
    private @Nullable String host;

    @CommandLine.Option(
            names = "--resume",
            description = "Goes on where an interrupted import of the same file ended; the place is kept in"
                    + " .falco-gateway-import of the working directory.")
    private boolean resume;

    @Override
    public Integer call() throws InterruptedException {
        String own = host == null ? ownName() : host;
        ImportBatch batch = new ImportBatch(gateway, own);
        try {
            ImportPlace place = resume ? ImportPlace.load() : null;
            for (String file : files) {
                if (!file.equals("-") && !Files.isReadable(Path.of(file))) {
                    System.err.println(file + " cannot be read");
                    return 2;
                }
                read(file, batch, place);
            }
            System.out.println(batch.summary());
            return 0;
        } catch (IOException failed) {
            System.out.println(batch.summary());
            System.err.println(gateway.unreachable(failed));
            return 1;
        }
    }

    private void read(String file, ImportBatch batch, @Nullable ImportPlace place)
            throws IOException, InterruptedException {
        Path path = file.equals("-") ? null : Path.of(file);
        long skip = place == null || path == null ? 0 : place.linesOf(path);
        long lines = 0;
        try (EventSource source = EventSource.open(file)) {
            for (String line = source.next(); line != null; line = source.next()) {
                lines++;
                if (lines <= skip) {
                    continue;
                }
                JournalLine event = EventSource.read(line);
                if (event == null) {
                    batch.skip(line);
                } else {
                    batch.add(event);
                }
                boolean sent = batch.isFull() || source.waits();
                if (sent) {
                    batch.send();
                }
                if (sent && place != null && path != null) {
                    place.taken(path, lines);
                }
            }
            batch.send();
            if (place != null && path != null) {
                place.taken(path, lines);
            }
        }
    }

    private static String ownName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException notLinux) {
            return "localhost";
        }
    }
}
