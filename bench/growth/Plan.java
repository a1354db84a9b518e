import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the command line says. Immutable. */
record Plan(boolean small, int stored, int seconds, int rounds, Set<String> only, Path out, Path jar, Path data) {

    static final List<String> SECTIONS = List.of("routes", "hosts", "groups", "stored", "streams");
    private static final String USAGE = "bench/growth/run [--stored N] [--seconds N] [--rounds N] [--short] [--only "
            + String.join(",", SECTIONS) + "] [--out FOLDER] [--jar FILE] [--data FOLDER]";

    static Plan of(String[] args) {
        List<String> all = new ArrayList<>(Arrays.asList(args));
        boolean small = all.remove("--short");
        int stored = small ? 100_000 : 10_000_000;
        int seconds = small ? 1 : 5;
        int rounds = small ? 1 : 5;
        Set<String> only = new TreeSet<>(SECTIONS);
        Path out = null;
        Path data = null;
        Path jar = Path.of("target/falco-gateway.jar");
        for (int i = 0; i < all.size(); i += 2) {
            String value = i + 1 < all.size() ? all.get(i + 1) : wrong(all.get(i) + " wants a value");
            switch (all.get(i)) {
                case "--stored" -> stored = Integer.parseInt(value);
                case "--seconds" -> seconds = Math.max(1, Integer.parseInt(value));
                case "--rounds" -> rounds = Math.max(1, Integer.parseInt(value));
                case "--only" -> only = sections(value);
                case "--out" -> out = Path.of(value);
                case "--data" -> data = Path.of(value).toAbsolutePath();
                case "--jar" -> jar = Path.of(value);
                default -> wrong("unknown option " + all.get(i));
            }
        }
        return new Plan(small, stored, seconds, rounds, only, out, jar.toAbsolutePath(), data);
    }

    boolean has(String section) {
        return only.contains(section);
    }

    /** Long enough for the compiler of the JVM in the full form. */
    int warmUpSeconds() {
        return small ? 2 : 12;
    }

    /** How many hosts, lines of the host table, or groups "many" are. */
    int many() {
        return small ? 10_000 : 100_000;
    }

    private static Set<String> sections(String value) {
        Set<String> named = new TreeSet<>(Arrays.asList(value.split(",")));
        return SECTIONS.containsAll(named) ? named : wrong("--only takes " + SECTIONS);
    }

    private static <T> T wrong(String what) {
        System.err.println(what + "\n" + USAGE);
        System.exit(2);
        return null;
    }
}
