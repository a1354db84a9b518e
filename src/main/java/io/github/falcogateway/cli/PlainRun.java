package io.github.falcogateway.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A run of the gateway with nothing but its configuration named, as services start it. It goes past picocli: of its classes, which
 * have the format of Java 5, no class archive keeps any, and to load and look through them was a fifth of the start.
 */
final class PlainRun {

    private static final String OPTION = "--config";

    private final @Nullable Path config;

    private PlainRun(@Nullable Path config) {
        this.config = config;
    }

    /** The run that the arguments ask for; null where picocli is to look at them. */
    static @Nullable PlainRun of(String... args) {
        if (args.length == 0 || !args[0].equals("run")) {
            return null;
        }
        if (args.length == 1) {
            return new PlainRun(null);
        }
        String file = args.length == 3 && args[1].equals(OPTION)
                ? args[2]
                : args.length == 2 && args[1].startsWith(OPTION + "=") ? args[1].substring(OPTION.length() + 1) : "";
        // An option in the place of a file, or a file of arguments.
        return file.isEmpty() || file.startsWith("-") || file.startsWith("@") ? null : new PlainRun(Path.of(file));
    }

    /** Runs the gateway until it is told to stop; the exit code. */
    int execute() {
        try {
            return new RunCommand(new ConfigOption(config)).call();
        } catch (InterruptedException | RuntimeException unexpected) {
            // As picocli does: threads that still run must not keep a gateway that failed.
            unexpected.printStackTrace();
            return 1;
        }
    }
}
