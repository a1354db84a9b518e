package io.github.falcogateway.cli;

import io.github.falcogateway.config.GatewayConfig;
import io.github.falcogateway.config.Loaded;
import io.github.falcogateway.filter.Filter;
import io.github.falcogateway.filter.FilterException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Says all that is wrong with the configuration, or that nothing is. Confined to the main thread. */
@CommandLine.Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Validates gateway.yaml, the route files and the host table.")
final class CheckCommand implements Callable<Integer> {

    @CommandLine.Mixin
    private final ConfigOption option = new ConfigOption();

    @CommandLine.Option(
            names = "--conditions",
            paramLabel = "FILE|-",
            description = "Reads one JSON string a line and prints whether it is a condition, syntax alone.")
    private @Nullable String conditions;

    @Override
    public Integer call() throws IOException {
        if (conditions != null) {
            return conditions(conditions);
        }
        Loaded loaded = option.load();
        Caret caret = new Caret(loaded.inputs().open());
        loaded.problems().forEach(problem -> System.out.println(caret.show(problem)));
        GatewayConfig config = loaded.config();
        if (config == null) {
            return 2;
        }
        System.out.println("ok: " + config.sinks().size() + " sinks, "
                + config.routes().routes().size() + " routes");
        return 0;
    }

    private static int conditions(String from) throws IOException {
        String fault = InputFile.fault(from);
        if (!fault.isEmpty()) {
            System.err.println(fault);
            return 2;
        }
        InputStream in = from.equals("-") ? System.in : Files.newInputStream(Path.of(from));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // Whoever reads them counts: the verdict of a line is at its number, a blank one's too.
                System.out.println(verdict(line).encode());
            }
        }
        return 0;
    }

    private static JsonObject verdict(String line) {
        try {
            if (!(Json.decodeValue(line) instanceof String condition)) {
                return new JsonObject().put("ok", false).put("at", 0).put("message", "the line is no JSON string");
            }
            Filter.checkSyntax(condition);
            return new JsonObject().put("ok", true);
        } catch (FilterException bad) {
            return new JsonObject().put("ok", false).put("at", bad.at()).put("message", bad.getMessage());
        } catch (DecodeException bad) {
            return new JsonObject().put("ok", false).put("at", 0).put("message", "the line is no JSON string");
        }
    }
}
