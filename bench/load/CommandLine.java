import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Options that take a value each, and {@code --short}. What is not as the usage says ends the program with code 2. Immutable. */
final class CommandLine {

    private final String usage;
    private final boolean small;
    private final Map<String, List<String>> values = new HashMap<>();

    /** Reads the arguments; an option that the usage does not name is none. */
    CommandLine(String usage, String[] args) {
        this.usage = usage;
        List<String> all = new ArrayList<>(Arrays.asList(args));
        small = all.remove("--short");
        Set<String> known = new TreeSet<>(Arrays.asList(usage.split("[\\[\\] ]+")));
        for (int i = 0; i < all.size(); i += 2) {
            String name = all.get(i);
            if (!name.startsWith("--") || !known.contains(name)) {
                wrong("unknown option " + name);
            }
            String value = i + 1 < all.size() ? all.get(i + 1) : wrong(name + " wants a value");
            values.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
        }
    }

    boolean small() {
        return small;
    }

    /** All that was said of an option. */
    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** What was said last, or else this. */
    String text(String name, String otherwise) {
        List<String> all = all(name);
        return all.isEmpty() ? otherwise : all.get(all.size() - 1);
    }

    /** A number of at least 1. */
    int number(String name, int otherwise) {
        return Math.max(1, Integer.parseInt(text(name, Integer.toString(otherwise))));
    }

    /** A path, or null. */
    Path path(String name) {
        String value = text(name, null);
        return value == null ? null : Path.of(value);
    }

    /** The sections that {@code --only} names, or all. */
    Set<String> only(List<String> sections) {
        Set<String> named = new TreeSet<>(Arrays.asList(text("--only", String.join(",", sections)).split(",")));
        return sections.containsAll(named) ? named : wrong("--only takes " + sections);
    }

    <T> T wrong(String what) {
        System.err.println(what + "\n" + usage);
        System.exit(2);
        return null;
    }
}
