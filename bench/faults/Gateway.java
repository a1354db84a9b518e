import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A gateway process with its folder. */
final class Gateway implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("ready.*:(\\d+)");
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    final Process process;
    final Path log;
    int port;

    private Gateway(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static Gateway start(Path folder, String config, List<String> before, Map<String, String> environment) throws Exception {
        Gateway gateway = launch(folder, config, before, environment);
        await(120, () -> gateway.ready() || !gateway.process.isAlive());
        if (gateway.port == 0) {
            throw new IllegalStateException("the gateway does not start: " + gateway.text());
        }
        return gateway;
    }

    static Gateway start(Path folder, String config) throws Exception {
        return start(folder, config, List.of(), Map.of());
    }

    static Gateway launch(Path folder, String config, List<String> before, Map<String, String> environment) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("gateway.yaml"), config);
        Path log = Files.createTempFile("falco-gateway-faults", ".log");
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                "java", "-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-jar", Path.of("target/falco-gateway.jar").toAbsolutePath().toString(), "run", "--config", "gateway.yaml"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new Gateway(process, log);
    }

    boolean ready() {
        Matcher ready = READY.matcher(text());
        if (ready.find()) {
            port = Integer.parseInt(ready.group(1));
        }
        return port != 0;
    }

    String text() {
        try {
            return Files.readString(log);
        } catch (IOException gone) {
            return "";
        }
    }

    JsonObject sink(String name) throws Exception {
        JsonArray sinks = new JsonObject(get("/api/sinks")).getJsonArray("sinks");
        for (int i = 0; i < sinks.size(); i++) {
            if (sinks.getJsonObject(i).getString("name").equals(name)) {
                return sinks.getJsonObject(i);
            }
        }
        throw new IllegalStateException("no sink " + name);
    }

    boolean drained(String name) {
        try {
            return sink(name).getLong("lag_events") == 0;
        } catch (Exception notNow) {
            return false;
        }
    }

    String get(String path) throws Exception {
        return CLIENT.send(request(path).build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    int post(String path) throws Exception {
        HttpRequest post = request(path).POST(HttpRequest.BodyPublishers.noBody()).build();
        return CLIENT.send(post, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** An answer as it comes. */
    InputStream open(String path) throws Exception {
        return CLIENT.send(request(path).build(), HttpResponse.BodyHandlers.ofInputStream()).body();
    }

    int status(String path) {
        try {
            return CLIENT.send(request(path).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException | InterruptedException none) {
            return 0;
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(30));
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    int stop() throws InterruptedException {
        process.destroy();
        return process.waitFor();
    }

    @Override
    public void close() throws Exception {
        kill();
        Files.deleteIfExists(log);
    }

    static void await(int seconds, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not within " + seconds + " s");
            }
            Thread.sleep(20);
        }
    }
}
