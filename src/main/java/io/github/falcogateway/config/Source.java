package io.github.falcogateway.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A file on its way into records. Confined to one loading.
 *
 * @param name the file as the user names it
 * @param problems where its problems go
 * @param interpolation what puts the environment into its texts
 */
record Source(String name, Problems problems, Interpolation interpolation) {

    /** The file's document; null where it is empty or no YAML, which is told. */
    @Nullable
    Node root() {
        try {
            String text = Files.readString(Path.of(name));
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(name)
                    .setAllowDuplicateKeys(true)
                    .build();
            Optional<Node> root = new Compose(settings).composeString(text);
            return root.orElse(null);
        } catch (MarkedYamlEngineException bad) {
            Mark mark = bad.getProblemMark().orElse(null);
            problems.at(
                    name,
                    mark == null ? 0 : mark.getLine(),
                    mark == null ? 0 : mark.getColumn(),
                    "no YAML: " + bad.getProblem());
        } catch (YamlEngineException | IOException bad) {
            problems.at(name, 0, 0, "cannot be read: " + bad.getMessage());
        }
        return null;
    }

    void problem(Node at, String message) {
        problems.at(name, at, message);
    }

    /** A text with its references resolved; as it stands, and told, where one leads nowhere. */
    String resolve(Node at, String text) {
        try {
            return interpolation.resolve(text);
        } catch (Interpolation.Unresolved bad) {
            problem(at, String.valueOf(bad.getMessage()));
            return "";
        }
    }
}
