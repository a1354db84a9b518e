import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What the command line says. Immutable. */
record Plan(boolean small, int stored, int seconds, int rounds, Set<String> only, Path out, Path jar, Path data) {

    static final List<String> SECTIONS = List.of("routes", "hosts", "groups", "stored", "streams");
    private static final String USAGE = "bench/growth/run [--stored N] [--seconds N] [--rounds N] [--short] [--only "
            + String.join(",", SECTIONS) + "] [--out FOLDER] [--jar FILE] [--data FOLDER]";

    static Plan of(String[] args) {
        CommandLine line = new CommandLine(USAGE, args);
        Path data = line.path("--data");
        return new Plan(
                line.small(),
                line.number("--stored", line.small() ? 100_000 : 10_000_000),
                line.number("--seconds", line.small() ? 1 : 5),
                line.number("--rounds", line.small() ? 1 : 5),
                line.only(SECTIONS),
                line.path("--out"),
                Path.of(line.text("--jar", "target/falco-gateway.jar")).toAbsolutePath(),
                data == null ? null : data.toAbsolutePath());
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
}
