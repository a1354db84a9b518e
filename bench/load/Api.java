import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What the rig asks a running gateway, and its folder. Thread-safe. */
final class Api {

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private Api() {}

    static void pause(Target gateway, String sink) throws Exception {
        post(gateway, "/api/sinks/" + sink + "/pause");
    }

    static void resume(Target gateway, String sink) throws Exception {
        post(gateway, "/api/sinks/" + sink + "/resume");
    }

    /** Waits until those sinks have all that is in the journal. Returns the seconds it took. */
    static double settled(Target gateway, List<String> sinks, int seconds) throws Exception {
        long since = System.nanoTime();
        while (lag(gateway, sinks) > 0) {
            if (System.nanoTime() - since > seconds * 1_000_000_000L) {
                throw new IllegalStateException(sinks + " are behind by " + lag(gateway, sinks) + " events after " + seconds + " s");
            }
            Thread.sleep(20);
        }
        return (System.nanoTime() - since) / 1e9;
    }

    /** What the gateway says of a sink. */
    static String state(Target gateway, String name) throws Exception {
        JsonArray sinks = sinks(gateway);
        for (int i = 0; i < sinks.size(); i++) {
            if (sinks.getJsonObject(i).getString("name").equals(name)) {
                return sinks.getJsonObject(i).getString("state");
            }
        }
        throw new IllegalStateException("no sink " + name);
    }

    private static JsonArray sinks(Target gateway) throws Exception {
        HttpRequest request = request(gateway, "/api/sinks").build();
        return new JsonObject(CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body()).getJsonArray("sinks");
    }

    static long lag(Target gateway, List<String> names) throws Exception {
        JsonArray sinks = sinks(gateway);
        long most = 0;
        for (int i = 0; i < sinks.size(); i++) {
            JsonObject sink = sinks.getJsonObject(i);
            most = names.contains(sink.getString("name")) ? Math.max(most, sink.getLong("lag_events")) : most;
        }
        return most;
    }

    /** Full collections so far, out of the log of its collector. */
    static long fullCollections(Target gateway) throws IOException {
        Path log = gateway.folder.resolve("gc.log");
        if (!Files.exists(log)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("Pause Full")).count();
        }
    }

    /** What the journal, its index and the sinks' places take on the disk; not what the file sink writes. */
    static long journalBytes(Target gateway) throws IOException {
        Path data = gateway.folder.resolve("data");
        if (!Files.exists(data)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("events"))
                    .filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void post(Target gateway, String path) throws Exception {
        HttpRequest request = request(gateway, path).POST(HttpRequest.BodyPublishers.noBody()).build();
        HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(path + " answered " + answer.statusCode() + " " + answer.body());
        }
    }

    private static HttpRequest.Builder request(Target gateway, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path)).timeout(Duration.ofSeconds(30));
    }
}
