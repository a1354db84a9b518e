import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the command line says. Immutable. */
record Options(
        boolean small, int seconds, List<Integer> rates, Path falcosidekick, Set<String> only, Path out, List<Path> jdks) {

    static final List<String> SECTIONS = List.of("closed", "open", "alone", "batch", "drain", "import", "stop", "start");
    private static final String USAGE = "bench/compare [--seconds N] [--falcosidekick PATH] [--rates 500,2000,8000,16000] [--short]"
            + " [--only " + String.join(",", SECTIONS) + "] [--jdk HOME] [--out FOLDER]";

    static Options of(String[] args) {
        List<String> all = new ArrayList<>(Arrays.asList(args));
        boolean small = all.remove("--short");
        int seconds = small ? 2 : 10;
        List<Integer> rates = small ? List.of(2000, 8000) : List.of(500, 2000, 8000, 16000);
        Path falcosidekick = null;
        Set<String> only = new TreeSet<>(SECTIONS);
        Path out = null;
        List<Path> jdks = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
        for (int i = 0; i < all.size(); i += 2) {
            String value = i + 1 < all.size() ? all.get(i + 1) : wrong(all.get(i) + " wants a value");
            switch (all.get(i)) {
                case "--seconds" -> seconds = Math.max(1, Integer.parseInt(value));
                case "--rates" -> rates = Arrays.stream(value.split(",")).map(Integer::valueOf).toList();
                case "--falcosidekick" -> falcosidekick = file(value);
                case "--only" -> only = sections(value);
                case "--jdk" -> jdks.add(Path.of(value));
                case "--out" -> out = Path.of(value);
                default -> wrong("unknown option " + all.get(i));
            }
        }
        return new Options(small, seconds, rates, falcosidekick, only, out, List.copyOf(jdks));
    }

    boolean has(String section) {
        return only.contains(section);
    }

    /** In the full form until the JIT has little left to do: after 8 s it still took a tenth of the gateway's time. */
    int warmUpSeconds() {
        return small ? 2 : 30;
    }

    int rounds() {
        return small ? 1 : 3;
    }

    int importLines() {
        return small ? 20_000 : 1_000_000;
    }

    private static Set<String> sections(String value) {
        Set<String> named = new TreeSet<>(Arrays.asList(value.split(",")));
        return SECTIONS.containsAll(named) ? named : wrong("--only takes " + SECTIONS);
    }

    private static Path file(String value) {
        Path path = Path.of(value).toAbsolutePath();
        return Files.isExecutable(path) ? path : wrong(path + " is no program");
    }

    private static <T> T wrong(String what) {
        System.err.println(what + "\n" + USAGE);
        System.exit(2);
        return null;
    }
}
