import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** A gateway as a process. */
final class Gateway implements AutoCloseable {

    private static final Path JAR = Path.of("target/falco-gateway.jar").toAbsolutePath();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern MARK = Pattern.compile("\"rig.id\":\"([^\"]+)\"");
    private static final List<Process> ALL = new ArrayList<>();
    private static final Pattern READY = Pattern.compile("ready, taking events on (\\S+)");

    private final Path home;
    private final Process process;
    private final String url;

    Gateway(Path folder, String name, List<Falco> falcos, String keys) throws Exception {
        this(folder, name, falcos, keys, "listen: {http: \"127.0.0.1:0\"}\n", "");
    }

    Gateway(Path folder, String name, List<Falco> falcos, String keys, String listen, String more) throws Exception {
        home = Files.createDirectories(folder.resolve(name + "-gateway"));
        StringBuilder config = new StringBuilder(listen).append("routes: []\nhosts: null\nsources:\n");
        for (Falco falco : falcos) {
            config.append("- {name: " + falco.name + ", grpc: \"unix://" + falco.socket + "\", mode: " + falco.mode + ", " + keys + "}\n");
        }
        Files.writeString(home.resolve("gateway.yaml"), config.append(more));
        Path log = home.resolve("log-" + System.nanoTime());
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m", "-XX:+UseParallelGC", "-XX:ParallelGCThreads=2", "-XX:-UseGCOverheadLimit",
                        "-XX:-UsePSAdaptiveSurvivorSizePolicy", "-jar", JAR.toString(), "run", "--config", "gateway.yaml")
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        ALL.add(process);
        String[] found = {null};
        await(60, () -> {
            try {
                Matcher ready = READY.matcher(Files.readString(log));
                found[0] = ready.find() ? ready.group(1) : null;
                if (!process.isAlive()) {
                    throw new IllegalStateException(Files.readString(log));
                }
                return found[0] != null;
            } catch (IOException unreadable) {
                return false;
            }
        });
        url = found[0];
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    long events() {
        return sum("events");
    }

    long reconnects() {
        return sum("reconnects");
    }

    long connected() {
        return sources().stream().filter(source -> ((JsonObject) source).getString("state").equals("connected")).count();
    }

    double metric(String name) {
        return fetch("/metrics").lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    /** The marks in the archive, once there are so many, or no more come. */
    Set<String> archive(int wanted) throws Exception {
        Set<String> marks = new HashSet<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        int before = -1;
        while (marks.size() < wanted && (marks.size() != before || System.nanoTime() < end)) {
            before = marks.size();
            marks.clear();
            try (Stream<Path> files = Files.list(home.resolve("data"))) {
                for (Path file : files.filter(path -> path.getFileName().toString().matches("events.*ndjson(\\.gz)?")).toList()) {
                    try (BufferedReader lines = open(file)) {
                        lines.lines().map(MARK::matcher).filter(Matcher::find).forEach(mark -> marks.add(mark.group(1)));
                    }
                }
            }
            TimeUnit.MILLISECONDS.sleep(300);
        }
        return marks;
    }

    private static BufferedReader open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        return new BufferedReader(
                new InputStreamReader(file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8));
    }

    void kill() throws Exception {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(40, TimeUnit.SECONDS)) {
            kill();
        }
    }

    static void await(int seconds, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not within " + seconds + " s");
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    static void killAll() {
        ALL.forEach(Process::destroyForcibly);
    }

    private long sum(String key) {
        return sources().stream().mapToLong(source -> ((JsonObject) source).getLong(key)).sum();
    }

    private JsonArray sources() {
        return new JsonObject(fetch("/api/sources")).getJsonArray("sources");
    }

    private String fetch(String path) {
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create(url + path)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
