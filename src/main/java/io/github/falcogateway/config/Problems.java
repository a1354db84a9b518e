package io.github.falcogateway.config;

import io.github.falcogateway.filter.Suggestions;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects what is wrong, so that all of it is told at once. Confined to one loading. */
final class Problems {

    /** The same once: several aliases lead to one place. */
    private final Set<Problem> found = new LinkedHashSet<>();

    void at(String file, Node node, String message) {
        Mark mark = node.getStartMark().orElse(null);
        at(file, mark == null ? 0 : mark.getLine(), mark == null ? 0 : mark.getColumn(), message);
    }

    /** Line and column from 0, as the parser counts them. */
    void at(String file, int line, int column, String message) {
        found.add(new Problem(file, line + 1, column + 1, oneLine(message), false));
    }

    /** The same for what can be run all the same. */
    void warn(String file, Node node, String message) {
        Mark mark = node.getStartMark().orElse(null);
        warn(file, mark == null ? 0 : mark.getLine(), mark == null ? 0 : mark.getColumn(), message);
    }

    void warn(String file, int line, int column, String message) {
        found.add(new Problem(file, line + 1, column + 1, oneLine(message), true));
    }

    boolean any() {
        return found.stream().anyMatch(problem -> !problem.warning());
    }

    /** File by file in the order of the lines. */
    List<Problem> all() {
        List<String> files = found.stream().map(Problem::file).distinct().toList();
        return found.stream()
                .sorted(Comparator.comparingInt((Problem problem) -> files.indexOf(problem.file()))
                        .thenComparingInt(Problem::line)
                        .thenComparingInt(Problem::column))
                .toList();
    }

    /** A value quoted in it may hold a line break, and a problem is one line. */
    private static String oneLine(String message) {
        return message.replaceAll("\\p{Cntrl}", " ");
    }

    static String didYouMean(String wrong, Collection<String> known) {
        return Suggestions.question(Suggestions.nearest(wrong, known));
    }
}
