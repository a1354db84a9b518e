package io.github.falcogateway.testing;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/** A gateway in a process of its own, which can be killed. */
public final class GatewayProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("ready.*:(\\d+)");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final Path log;
    public final int port;

    private GatewayProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        try {
            Patience.awaitOther().until(() -> READY.matcher(log()).find() || !process.isAlive());
        } catch (ConditionTimeoutException late) {
            // Else it would run on when the tests have ended.
            process.destroyForcibly();
            throw late;
        }
        Matcher ready = READY.matcher(log());
        if (!ready.find()) {
            throw new IllegalStateException("the gateway did not start: " + log());
        }
        this.port = Integer.parseInt(ready.group(1));
    }

    /** Starts one with this configuration; its log is in the folder. */
    public static GatewayProcess start(Path folder, String config) throws IOException {
        Path file = folder.resolve("gateway.yaml");
        Files.writeString(file, config);
        return begin(folder, "--config", file.toString());
    }

    /** Starts one that finds {@code conf/gateway.yaml} in the folder by itself. */
    public static GatewayProcess start(Path folder) throws IOException {
        return begin(folder);
    }

    private static GatewayProcess begin(Path folder, String... arguments) throws IOException {
        Path log = Files.createTempFile(folder, "log", ".txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=" + Path.of("conf/logback.xml").toAbsolutePath(),
                "-cp",
                classPath(),
                "io.github.falcogateway.cli.Main",
                "run"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new GatewayProcess(process, log);
    }

    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException gone) {
            throw new IllegalStateException(gone);
        }
    }

    public Process process() {
        return process;
    }

    /** Tells it to read its configuration anew. */
    public HttpResponse<String> reload() throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(uri("/-/reload"))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The status, or 0 where no answer came. */
    public int post(String body) throws InterruptedException {
        try {
            return client.send(
                            HttpRequest.newBuilder(uri("/"))
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException cut) {
            return 0;
        }
    }

    public String get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** As {@code kill -9}. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As {@code kill -TERM}; the exit code. */
    public int stop() throws InterruptedException {
        process.destroy();
        return process.waitFor();
    }

    /** Of this JVM, with absolute paths: the process runs in a folder of its own. */
    private static String classPath() {
        List<Path> entries = new ArrayList<>();
        if (GatewayProcess.class.getClassLoader() instanceof URLClassLoader loader) {
            for (URL url : loader.getURLs()) {
                entries.add(Path.of(url.getPath()));
            }
        }
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            entries.add(Path.of(entry));
        }
        return entries.stream()
                .map(entry -> entry.toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
