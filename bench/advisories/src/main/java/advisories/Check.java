package advisories;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds a bill of materials against a folder of advisories. Confined to one thread. */
final class Check {

    private final Map<String, List<Dependency>> dependencies;
    private final Map<String, String> accepted;
    private final List<String> findings = new ArrayList<>();
    private final Map<String, String> unreadable = new TreeMap<>();
    private int advisories;

    private Check(List<Dependency> dependencies, Map<String, String> accepted) {
        this.dependencies = dependencies.stream().collect(Collectors.groupingBy(Dependency::name));
        this.accepted = accepted;
    }

    /** FOLDER SBOM ACCEPTED: exit code 0 where nothing is affected, 1 where something is, 2 where it cannot be said. */
    public static void main(String[] args) throws IOException {
        if (args.length != 3) {
            System.err.println("usage: Check FOLDER SBOM ACCEPTED");
            System.exit(2);
        }
        List<Dependency> dependencies = Dependency.of(Path.of(args[1]));
        Check check = new Check(dependencies, accepted(Path.of(args[2])));
        check.look(Path.of(args[0]));
        check.findings.forEach(System.out::println);
        check.unreadable.forEach((file, why) -> System.err.println(file + ": " + why));
        System.out.println(dependencies.size() + " dependencies, " + check.advisories + " advisories of Maven packages, "
                + check.findings.size() + " findings");
        boolean told = check.advisories > 0 && !dependencies.isEmpty() && check.unreadable.isEmpty();
        System.exit(!check.findings.isEmpty() ? 1 : told ? 0 : 2);
    }

    /** What a folder says of these dependencies, a line each. */
    static List<String> findings(Path folder, List<Dependency> dependencies, Map<String, String> accepted) throws IOException {
        Check check = new Check(dependencies, accepted);
        check.look(folder);
        check.unreadable.forEach((file, why) -> check.findings.add(file + ": " + why));
        return check.findings;
    }

    /** Lines of an advisory's name and why it does not matter here; an advisory without a reason is not accepted. */
    static Map<String, String> accepted(Path file) throws IOException {
        Map<String, String> accepted = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.strip().split("\\s+", 2);
            if (!line.startsWith("#") && parts.length == 2) {
                accepted.put(parts[0], parts[1]);
            }
        }
        return accepted;
    }

    private void look(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
                for (Advisory advisory : read(file)) {
                    advisories++;
                    judge(advisory);
                }
            }
        }
    }

    private void judge(Advisory advisory) {
        for (Dependency dependency : dependencies.getOrDefault(advisory.packageName(), List.of())) {
            boolean known = advisory.names().stream().anyMatch(accepted::containsKey);
            if (!known && advisory.affected().contain(dependency.version())) {
                findings.add(advisory.line(dependency));
            }
        }
    }

    private List<Advisory> read(Path file) {
        String name = file.getFileName().toString();
        try {
            if (name.endsWith(".json")) {
                return OsvFile.read(file);
            }
            return name.endsWith(".yml") || name.endsWith(".yaml") ? GitLabFile.read(file) : List.of();
        } catch (IOException | RuntimeException bad) {
            unreadable.put(file.toString(), String.valueOf(bad.getMessage()).lines().findFirst().orElse(""));
            return List.of();
        }
    }
}
