package io.github.falcogateway.cli;

import io.github.falcogateway.config.ConfigLoader;
import io.github.falcogateway.config.GatewayConfig;
import io.github.falcogateway.config.Loaded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The configuration a command works on. Confined to one command. */
final class ConfigOption {

    private static final String VARIABLE = "FALCO_GATEWAY_CONFIG";

    @CommandLine.Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration; else $FALCO_GATEWAY_CONFIG, else conf/gateway.yaml where it exists, else"
                    + " built-in defaults.")
    private @Nullable Path file;

    ConfigOption() {}

    ConfigOption(@Nullable Path file) {
        this.file = file;
    }

    Loaded load() {
        Map<String, String> environment = System.getenv();
        String variable = environment.get(VARIABLE);
        Path named = file != null || variable == null ? file : Path.of(variable);
        // A variable that is set to nothing, as in a container's settings, names no file.
        if (named == null || named.toString().isEmpty()) {
            named = Files.exists(Path.of(ConfigLoader.DEFAULT_FILE)) ? Path.of(ConfigLoader.DEFAULT_FILE) : null;
        }
        // Once read it is the configuration: at a reload its absence is a mistake, and no wish for the defaults.
        file = named;
        return ConfigLoader.load(Optional.ofNullable(named), environment);
    }

    /** The configuration; null where something is wrong with it, which has been said. */
    @Nullable
    GatewayConfig loadOrTell() {
        Loaded loaded = load();
        loaded.problems().forEach(System.err::println);
        return loaded.config();
    }
}
