import io.github.falcogateway.config.ConfigLoader;
import io.github.falcogateway.config.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Whatever stands in gateway.yaml is a configuration or a list of problems. */
public final class Configurations {

    private static final Path FILE = file();

    private Configurations() {}

    public static void fuzzerTestOneInput(byte[] yaml) throws IOException {
        Files.write(FILE, yaml);
        Loaded loaded = ConfigLoader.load(Optional.of(FILE), Map.of());
        if (loaded.config() == null && loaded.problems().isEmpty()) {
            throw new AssertionError("neither a configuration nor a problem");
        }
    }

    private static Path file() {
        try {
            Path file = Files.createTempFile("gateway", ".yaml");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
