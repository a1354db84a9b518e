import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** From the start of the process to the first answered event, and what it holds when nothing comes; each on a fresh folder. */
final class Starts {

    private final Options options;
    private final Servers servers;

    Starts(Options options, Servers servers) {
        this.options = options;
        this.servers = servers;
    }

    JsonArray all() throws Exception {
        JsonArray result = new JsonArray();
        for (Path jdk : options.jdks()) {
            Servers its = new Servers(servers.work(), servers.jar(), jdk, servers.falcosidekick(), servers.events());
            result.add(of(its, jdk, "none", List.of()));
            List<String> kept = options.small() ? List.of() : train(jdk);
            if (!kept.isEmpty()) {
                result.add(of(its, jdk, "src/deb/train", kept));
            }
        }
        return result;
    }

    private JsonObject of(Servers its, Path jdk, String archive, List<String> kept) throws Exception {
        Say.doing("start on " + jdk + ", class archive: " + archive);
        List<Double> millis = new ArrayList<>();
        double rss = 0;
        int times = options.small() ? 1 : 5;
        for (int i = 0; i < times; i++) {
            boolean idle = i == times - 1;
            Path folder = its.folder("start");
            int port = Target.freePort();
            Files.writeString(folder.resolve("gateway.yaml"), "listen: {http: \"127.0.0.1:" + port + "\"}\n");
            List<String> flags = new ArrayList<>(Servers.FLAGS);
            flags.addAll(kept);
            long since = System.nanoTime();
            Process process = new ProcessBuilder(its.java(flags, List.of("-jar", its.jar().toString(), "run", "--config", "gateway.yaml")))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            millis.add(firstAnswer(port, process, since));
            if (idle) {
                process.waitFor(options.small() ? 2 : 10, java.util.concurrent.TimeUnit.SECONDS);
                rss = Proc.rssMib(process.pid());
            }
            process.destroyForcibly().waitFor();
            delete(folder);
        }
        millis.sort(Comparator.naturalOrder());
        return new JsonObject()
                .put("java", version(jdk))
                .put("class_archive", archive)
                .put("starts", times)
                .put("first_answer_ms", Round.to(0, millis.get(times / 2)))
                .put("fastest_ms", Round.to(0, millis.get(0)))
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

    /** Makes the class archive as the package and the image do; the flags that use it, as the launcher has them. */
    private List<String> train(Path jdk) throws Exception {
        Path cache = servers.folder("cache-" + version(jdk).replaceAll("\\W", ""));
        ProcessBuilder builder = new ProcessBuilder("sh", Path.of("src/deb/train").toAbsolutePath().toString(), servers.jar().toString(), cache.toString())
                .redirectErrorStream(true)
                .redirectOutput(cache.resolve("log").toFile());
        builder.environment().put("JAVA_HOME", jdk.toString());
        if (builder.start().waitFor() != 0) {
            throw new IllegalStateException("src/deb/train: " + Files.readString(cache.resolve("log")));
        }
        Path archive = cache.resolve("falco-gateway.jsa");
        Path aot = cache.resolve("falco-gateway.aot");
        if (Files.exists(archive)) {
            return List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
        }
        return Files.exists(aot) ? List.of("-XX:AOTCache=" + aot, "-Xlog:aot=off") : List.of();
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
