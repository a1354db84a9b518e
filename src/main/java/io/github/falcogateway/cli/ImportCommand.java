package io.github.falcogateway.cli;

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
            description = "Goes on where an import of the same file to the same gateway ended or was interrupted.")
    private boolean resume;

    @CommandLine.Option(
            names = "--state",
            paramLabel = "FOLDER",
            description = "Where it is kept how far files were imported; else $XDG_STATE_HOME/falco-gateway, else"
                    + " ~/.local/state/falco-gateway.")
    private @Nullable Path state;

    @Override
    public Integer call() throws InterruptedException {
        String wrong = wrong();
        if (!wrong.isEmpty()) {
            System.err.println(wrong);
            return 2;
        }
        ImportSender sender = new ImportSender(gateway, files.contains("-"));
        ImportProgress progress = new ImportProgress(sender);
        try {
            for (String file : files) {
                read(file, sender, progress);
            }
            progress.clear();
            System.out.println(progress.summary());
            return 0;
        } catch (InputFile.Broken broken) {
            progress.clear();
            System.out.println(progress.summary());
            System.err.println(broken.getMessage());
            return 1;
        } catch (IOException failed) {
            progress.clear();
            System.out.println(progress.summary());
            System.err.println(gateway.unreachable(failed));
            if (!files.contains("-")) {
                System.err.println("--resume goes on from there");
            }
            return 1;
        }
    }

    private String wrong() {
        for (String file : files) {
            String fault = InputFile.fault(file);
            if (!fault.isEmpty()) {
                return fault;
            }
        }
        return gateway.fault();
    }

    private void read(String file, ImportSender sender, ImportProgress progress)
            throws IOException, InterruptedException {
        String own = host == null ? ownName() : host;
        boolean stdin = file.equals("-");
        ImportPlace place = stdin
                ? null
                : ImportPlace.of(Path.of(file), gateway.shown(), state == null ? ImportPlace.folder() : state);
        ImportPlace.Known known = place == null || !resume ? null : place.known();
        ImportRecall recall = known == null ? null : recall(known);
        try (EventSource source = EventSource.open(file);
                ImportRun run = new ImportRun(sender, progress, place, own)) {
            run.begin(known, recall);
            long size = stdin ? 0 : Files.size(Path.of(file));
            try {
                for (String line = source.next(); line != null; line = source.next()) {
                    run.take(line, source.isCut());
                    if (run.isFull() || source.waits()) {
                        run.send();
                        progress.show(file, source.bytes(), size);
                    }
                }
            } catch (InputFile.Broken broken) {
                // What came before the break is whole.
                run.finish();
                throw broken;
            }
            run.finish();
        }
    }

    private @Nullable ImportRecall recall(ImportPlace.Known known) throws IOException {
        long uncertain = known.onTheWay() - known.lines();
        if (uncertain <= 0) {
            return null;
        }
        ImportRecall recall = ImportRecall.since(gateway, known.since());
        if (!recall.isKnown()) {
            System.err.println("the gateway does not show its events to this sender: up to " + uncertain
                    + " events that were on their way may come twice");
        }
        return recall;
    }

    private static String ownName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException notLinux) {
            return "localhost";
        }
    }
}
