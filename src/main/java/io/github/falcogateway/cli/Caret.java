package io.github.falcogateway.cli;

import io.github.falcogateway.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Shows a problem with the line it stands on and a caret under the place. Confined to one command. */
final class Caret {

    /** A line may be a condition of a megabyte; what stands around the place is enough. */
    private static final int SHOWN = 100;

    private final Map<String, List<String>> files = new HashMap<>();
    private final Set<String> open;

    /** @param open the files whose lines may be shown: what checks a configuration may keep what is printed */
    Caret(Set<String> open) {
        this.open = open;
    }

    /** {@code FILE:LINE:COLUMN: message}, then the line and the caret where the file may be shown and can be read. */
    String show(Problem problem) {
        if (!open.contains(problem.file())) {
            return problem.toString();
        }
        List<String> lines = files.computeIfAbsent(problem.file(), Caret::lines);
        if (problem.line() > lines.size() || lines.get(problem.line() - 1).isBlank()) {
            return problem.toString();
        }
        return problem + under(lines.get(problem.line() - 1), problem.column() - 1);
    }

    /** The text on a line of its own, and the caret under a place in it. */
    static String under(String text, int place) {
        // A tab is one column to YAML's parser and must be one on the screen.
        String line = text.replaceAll("\\p{Cntrl}", " ");
        int at = Math.min(place, line.length());
        int from = Math.max(0, at - SHOWN / 2);
        int to = Math.min(line.length(), from + SHOWN);
        return "\n    " + line.substring(from, to) + "\n    " + " ".repeat(at - from) + "^";
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
