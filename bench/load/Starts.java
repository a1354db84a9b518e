import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** From the start of the process to the first answered event, and what it holds when nothing comes; each on a fresh folder. */
final class Starts {

    private static final int STARTS = 7;

    private final Options options;
    private final Servers servers;

    Starts(Options options, Servers servers) {
        this.options = options;
        this.servers = servers;
    }

    JsonArray all() throws Exception {
        JsonArray result = new JsonArray();
        for (Path jdk : options.jdks()) {
            Path jar = servers.jar();
            result.add(of(jdk, "java -jar", List.of(jdk.resolve("bin/java").toString(), "-jar", jar.toString()), Map.of()));
            if (!options.small()) {
                Path home = installed(jdk);
                result.add(of(jdk, "launcher", List.of("sh", Path.of("src/deb/falco-gateway").toAbsolutePath().toString()),
                        Map.of("FALCO_GATEWAY_HOME", home.toString(), "JAVA_HOME", jdk.toString())));
            }
        }
        return result;
    }

    private JsonObject of(Path jdk, String how, List<String> program, Map<String, String> environment) throws Exception {
        Say.doing("start on " + jdk + " by " + how);
        List<Double> millis = new ArrayList<>();
        double rss = 0;
        int times = options.small() ? 1 : STARTS;
        for (int i = 0; i < times; i++) {
            boolean idle = i == times - 1;
            Path folder = servers.folder("start");
            int port = Target.freePort();
            Files.writeString(folder.resolve("gateway.yaml"), "listen: {http: \"127.0.0.1:" + port + "\"}\n");
            List<String> command = new ArrayList<>(program);
            command.addAll(List.of("run", "--config", "gateway.yaml"));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile());
            builder.environment().putAll(environment);
            long since = System.nanoTime();
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            millis.add(firstAnswer(port, process, since));
            if (idle) {
                process.waitFor(options.small() ? 2 : 10, TimeUnit.SECONDS);
                rss = Proc.rssMib(process.pid());
            }
            process.destroyForcibly().waitFor();
            delete(folder);
        }
        millis.sort(Comparator.naturalOrder());
        return new JsonObject()
                .put("java", version(jdk))
                .put("by", how)
                .put("starts", times)
                .put("first_answer_ms", Round.to(0, millis.get(times / 2)))
                .put("fastest_ms", Round.to(0, millis.get(0)))
                .put("slowest_ms", Round.to(0, millis.get(times - 1)))
                .put("idle_rss_mib", rss);
    }

    private double firstAnswer(int port, Process process, long since) throws Exception {
        int last = 0;
        while (process.isAlive() && System.nanoTime() - since < 60_000_000_000L) {
            try {
                Client client = new Client(port);
                client.send(servers.events(), 0, 0);
                int status = 0;
                while (status == 0) {
                    status = client.answer();
                    LockSupport.parkNanos(500_000);
                }
                client.close();
                last = status;
                if (status == 200) {
                    return (System.nanoTime() - since) / 1e6;
                }
            } catch (IOException notYet) {
                LockSupport.parkNanos(2_000_000);
            }
        }
        throw new IllegalStateException("the gateway does not start, its last answer was " + last);
    }

    /** A folder as the package has it: the jar, and beside it what src/deb/train keeps, which the launcher takes. */
    private Path installed(Path jdk) throws Exception {
        Path home = servers.folder("home-" + version(jdk).replaceAll("\\W", ""));
        Path jar = Files.copy(servers.jar(), home.resolve("falco-gateway.jar"), StandardCopyOption.REPLACE_EXISTING);
        Path log = home.resolve("log");
        ProcessBuilder builder = new ProcessBuilder("sh", Path.of("src/deb/train").toAbsolutePath().toString(), jar.toString(),
                        home.resolve("cache").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", jdk.toString());
        if (builder.start().waitFor() != 0) {
            throw new IllegalStateException("src/deb/train: " + Files.readString(log));
        }
        return home;
    }

    static String version(Path jdk) throws IOException {
        try (Stream<String> lines = Files.lines(jdk.resolve("release"))) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll("[^0-9.]", ""))
                    .findFirst()
                    .orElse("unknown");
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
