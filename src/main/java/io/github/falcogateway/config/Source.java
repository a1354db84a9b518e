package io.github.falcogateway.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** A file on its way into records. Confined to one loading. */
final class Source {

    /** A hundred thousand routes are a tenth of it. */
    private static final int MAX_CHARACTERS = 128 << 20;

    private static final int MAX_DEPTH = 50;

    private final String name;
    private final Problems problems;
    private final Interpolation interpolation;
    private String text = "";
    private String @Nullable [] lines;

    /**
     * A file.
     *
     * @param name the file as the user names it
     * @param problems where its problems go
     * @param interpolation what puts the environment into its texts
     */
    Source(String name, Problems problems, Interpolation interpolation) {
        this.name = name;
        this.problems = problems;
        this.interpolation = interpolation;
    }

    String name() {
        return name;
    }

    Problems problems() {
        return problems;
    }

    /** The file as it was read. */
    String text() {
        return text;
    }

    /** The lines of the file that was read. */
    String[] lines() {
        String[] split = lines;
        if (split == null) {
            split = text.split("\n", -1);
            lines = split;
        }
        return split;
    }

    /** The file's document; null where it is empty or no YAML, which is told. */
    @Nullable
    Node root() {
        return read((settings, yaml) -> new Compose(settings).composeString(yaml));
    }

    /**
     * The same for a list of mappings, each of which is taken as it is read: memory never holds all of a large file. In
     * the document that comes back {@link ListComposer#TAKEN} stands for them.
     */
    @Nullable
    Node root(Consumer<Node> items) {
        return read((settings, yaml) -> ListComposer.compose(settings, yaml, items));
    }

    private @Nullable Node read(BiFunction<LoadSettings, String, Optional<Node>> composing) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setAllowDuplicateKeys(true)
                .setCodePointLimit(MAX_CHARACTERS)
                .build();
        try {
            text = Files.readString(Path.of(name));
            return composing.apply(settings, text).orElse(null);
        } catch (MarkedYamlEngineException bad) {
            Mark mark = bad.getProblemMark().orElse(null);
            problems.at(
                    name,
                    mark == null ? 0 : mark.getLine(),
                    mark == null ? 0 : mark.getColumn(),
                    "no YAML: " + bad.getProblem());
        } catch (StackOverflowError tooDeep) {
            tooDeep(settings);
        } catch (MalformedInputException noText) {
            problems.at(name, 0, 0, "cannot be read: it is no UTF-8 text");
        } catch (YamlEngineException | IOException bad) {
            problems.at(name, 0, 0, "cannot be read: " + bad.getMessage());
        }
        return null;
    }

    /** Another file is read because this one names it. */
    void reads(String file) {
        interpolation.reads(file);
    }

    void problem(Node at, String message) {
        problems.at(name, at, message);
    }

    /** The same for what can be run all the same. */
    void warn(Node at, String message) {
        problems.warn(name, at, message);
    }

    /** A text with its references resolved; as it stands, and told, where one leads nowhere. */
    String resolve(Node at, String written) {
        try {
            String text = interpolation.resolve(written);
            if (text.indexOf('\0') < 0) {
                return text;
            }
            // No path can hold one, nor does anything else that is configured.
            problem(at, "holds a zero byte");
            return "";
        } catch (Interpolation.Unresolved bad) {
            problem(at, String.valueOf(bad.getMessage()));
            return "";
        }
    }

    /** Tells where lists and mappings nest too deep; events come one by one, however deep that is. */
    private void tooDeep(LoadSettings settings) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (depth > MAX_DEPTH) {
                int line = event.getStartMark().map(Mark::getLine).orElse(0);
                int column = event.getStartMark().map(Mark::getColumn).orElse(0);
                problems.at(name, line, column, "lists and mappings nest deeper than " + MAX_DEPTH + " levels");
                return;
            }
        }
    }
}
