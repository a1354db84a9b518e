package io.github.falcogateway.testing;

import io.github.falcogateway.app.Gateway;
import io.github.falcogateway.config.ConfigLoader;
import io.github.falcogateway.config.GatewayConfig;
import io.github.falcogateway.config.Loaded;
import io.github.falcogateway.telemetry.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A whole gateway on a free port with its data in a folder, and a client to it. */
public final class RunningGateway implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final Vertx vertx;
    private final Gateway gateway;
    private final Path folder;
    public final int port;

    private RunningGateway(Vertx vertx, Path folder, Path file) throws Exception {
        this.vertx = vertx;
        this.folder = folder;
        Loaded loaded = ConfigLoader.load(Optional.of(file), Map.of());
        GatewayConfig config = loaded.config();
        if (config == null) {
            throw new IllegalArgumentException(loaded.problems().toString());
        }
        gateway =
                new Gateway(vertx, config, () -> ConfigLoader.load(Optional.of(file), Map.of()), new Telemetry("test"));
        port = await(gateway.start());
    }

    /** Starts one with the default sinks and more of a configuration. */
    public static RunningGateway in(Path folder, String more) throws Exception {
        return over(Vertx.vertx(), folder, more);
    }

    /** Starts one over a Vert.x of its own, such as one with another transport; it is closed with it. */
    public static RunningGateway over(Vertx vertx, Path folder, String more) throws Exception {
        Path file = folder.resolve("gateway.yaml");
        Files.writeString(file, config(folder, 0) + more);
        return new RunningGateway(vertx, folder, file);
    }

    /** Starts one with a configuration of its own. */
    public static RunningGateway of(Path folder, Path config) throws Exception {
        return new RunningGateway(Vertx.vertx(), folder, config);
    }

    /** Starts one on a port of before. */
    public static RunningGateway on(int port, Path folder, String more) throws Exception {
        Path file = folder.resolve("gateway.yaml");
        Files.writeString(file, config(folder, port) + more);
        return new RunningGateway(Vertx.vertx(), folder, file);
    }

    /** A configuration whose data is in the folder; it ends inside {@code sinks}. */
    public static String config(Path folder, int port) {
        return """
                listen: {http: "127.0.0.1:%d"}
                journal: {path: %s/data}
                host: {order: [claimed, address]}
                shutdown_grace: 5s
                default: [archive, metrics]
                hosts: null
                routes: [%s/routes.yaml]
                sinks:
                  archive: {type: file, path: %s/events.ndjson}
                  metrics: {type: prometheus}
                """.formatted(port, folder, folder, folder)
                .replace("routes: [" + folder + "/routes.yaml]", routes(folder));
    }

    private static String routes(Path folder) {
        Path file = folder.resolve("routes.yaml");
        return Files.exists(file) ? "routes: [" + file + "]" : "routes: []";
    }

    public HttpResponse<String> post(String body, String... headers) throws Exception {
        return post(body.getBytes(java.nio.charset.StandardCharsets.UTF_8), headers);
    }

    public HttpResponse<String> post(byte[] body, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri("/")).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> send(String method, String path) throws Exception {
        return send(method, path, "");
    }

    public HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path)).method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    public String get(String path) throws Exception {
        return send("GET", path).body();
    }

    public HttpResponse<java.util.stream.Stream<String>> stream(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofLines());
    }

    public List<String> lines() throws Exception {
        Path file = folder.resolve("events.ndjson");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /** The port of everything but events. */
    public int adminPort() {
        return gateway.adminPort();
    }

    public Vertx vertx() {
        return vertx;
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Override
    public void close() throws Exception {
        await(gateway.stop());
        await(vertx.close());
    }

    private static <V> V await(Future<V> future) throws Exception {
        return Patience.get(future);
    }
}
