import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What the command line says. Immutable. */
record Options(
        boolean small, int seconds, List<Integer> rates, Path falcosidekick, Set<String> only, Path out, List<Path> jdks) {

    static final List<String> SECTIONS = List.of("closed", "open", "alone", "batch", "drain", "import", "stop", "start");
    private static final String USAGE = "bench/compare [--seconds N] [--falcosidekick PATH] [--rates 500,2000,8000,16000] [--short]"
            + " [--only " + String.join(",", SECTIONS) + "] [--jdk HOME] [--out FOLDER]";

    static Options of(String[] args) {
        CommandLine line = new CommandLine(USAGE, args);
        String rates = line.text("--rates", line.small() ? "2000,8000" : "500,2000,8000,16000");
        List<Path> jdks = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
        line.all("--jdk").forEach(home -> jdks.add(Path.of(home)));
        Path falcosidekick = line.path("--falcosidekick");
        if (falcosidekick != null && !Files.isExecutable(falcosidekick)) {
            line.wrong(falcosidekick + " is no program");
        }
        return new Options(
                line.small(),
                line.number("--seconds", line.small() ? 2 : 10),
                Arrays.stream(rates.split(",")).map(Integer::valueOf).toList(),
                falcosidekick == null ? null : falcosidekick.toAbsolutePath(),
                line.only(SECTIONS),
                line.path("--out"),
                List.copyOf(jdks));
    }

    boolean has(String section) {
        return only.contains(section);
    }

    /**
     * In the full form until the JIT has little left to do: on two cores that the load keeps busy it comes to it late. After 30 s
     * the rounds still rose, from 28,000 events/s to 36,000.
     */
    int warmUpSeconds() {
        return small ? 2 : 75;
    }

    int rounds() {
        return small ? 1 : 3;
    }

    int importLines() {
        return small ? 20_000 : 1_000_000;
    }
}
