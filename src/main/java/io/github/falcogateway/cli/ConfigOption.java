package io.github.falcogateway.cli;

import io.github.falcogateway.config.ConfigLoader;
import io.github.falcogateway.config.GatewayConfig;
import io.github.falcogateway.config.Loaded;
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
        // A variable that is set to nothing, as in a container's settings, names no file.
        return ConfigLoader.load(
                Optional.ofNullable(file)
                        .or(() -> Optional.ofNullable(environment.get(VARIABLE)).map(Path::of))
                        .filter(named -> !named.toString().isEmpty()),
                environment);
    }

    /** The configuration; null where something is wrong with it, which has been said. */
    @Nullable
    GatewayConfig loadOrTell() {
        Loaded loaded = load();
        loaded.problems().forEach(System.err::println);
        return loaded.config();
    }
}
