import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real Prometheus scrapes a real gateway on loopback: the first critical event raises its alert, every expression of
 * every dashboard, rule and peer returns data, a restart and a kill leave no reset. Exit code 0 where all that holds.
 */
public final class Rig {

    private static final String CRITICAL = "{\"rule\":\"Never seen before\",\"priority\":\"Critical\",\"hostname\":\"rare-1\"}";
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> alerts = Collections.synchronizedList(new ArrayList<>());
    private final List<String> failures = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();
    private final Path jar;
    private final Path work;
    private final int gatewayPort = free();
    private final int prometheusPort = free();
    private final Questions asked = new Questions(prometheusPort, failures);
    private int posted;

    private Rig(Path jar, Path work) throws IOException {
        this.jar = jar;
        this.work = work;
    }

    /** The jar, a folder for what is written, the programs prometheus and promtool. */
    public static void main(String[] args) throws Exception {
        Rig rig = new Rig(Path.of(args[0]).toAbsolutePath(), Path.of(args[1]).toAbsolutePath());
        HttpServer exporters = rig.exporters();
        try {
            rig.run(exporters.getAddress().getPort(), args[2], args[3]);
        } finally {
            for (Process process : rig.processes) {
                process.destroyForcibly().waitFor();
            }
            exporters.stop(0);
        }
        rig.failures.forEach(failure -> System.out.println("FAILED: " + failure));
        System.exit(rig.failures.isEmpty() ? 0 : 1);
    }

    private void run(int exporters, String prometheus, String promtool) throws Exception {
        configure(exporters);
        Process gateway = gateway();
        post("{\"rule\":\"Before the first scrape\",\"priority\":\"Alert\",\"hostname\":\"early-1\"}");
        start("prometheus", prometheus, "--config.file=" + work.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + work.resolve("tsdb"), "--enable-feature=exemplar-storage",
                "--web.listen-address=127.0.0.1:" + prometheusPort);
        await("prometheus scrapes the gateway", () -> asked.has("up{job=\"falco-gateway\"} == 1"));
        await("what came in just before is an increase", () -> asked.has("increase(falco_events{hostname=\"early-1\"}[5m]) > 0"));
        long began = System.nanoTime();
        post(CRITICAL);
        await("one critical event is an increase", () -> asked.has("increase(falco_events{rule=\"Never seen before\"}[5m]) > 0"));
        await("its alert fires", () -> asked.has("ALERTS{alertname=\"FalcoCriticalEvent\",alertstate=\"firing\",hostname=\"rare-1\"}"));
        await("Alertmanager has it", () -> alerts.stream().anyMatch(alert -> alert.contains("Never seen before")));
        say("the first critical event was an alert at Alertmanager after "
                + Duration.ofNanos(System.nanoTime() - began).toMillis() + " ms");
        for (String event : Files.readAllLines(Path.of("docker/samples/events.ndjson"))) {
            post(event);
        }
        send("POST", gatewayPort, "/", "no event");
        await("all are counted", () -> counted() == posted);
        // A rate needs a second scrape, and the errors of a sink one more.
        await("the samples have a rate", () -> asked.has("rate(falco_events{rule=\"Write below binary dir\"}[5m]) > 0"));
        lint(promtool);
        asked.dashboards();
        asked.peers();
        asked.rules();
        check("an event is an exemplar", !asked.api("query_exemplars?query="
                + Questions.encode("falcosecurity_falcosidekick_falco_events_total") + "&start=" + past() + "&end=" + (past() + 7200))
                .getJsonArray("data").isEmpty());
        restart(gateway);
    }

    private void lint(String promtool) throws Exception {
        Path metrics = Files.writeString(work.resolve("metrics"), send("GET", gatewayPort, "/metrics", ""));
        Path said = work.resolve("promtool");
        Process lint = new ProcessBuilder(promtool, "check", "metrics").redirectInput(metrics.toFile())
                .redirectErrorStream(true).redirectOutput(said.toFile()).start();
        check("promtool check metrics: " + Files.readString(said), lint.waitFor() == 0);
    }

    private void restart(Process gateway) throws Exception {
        gateway.destroy();
        check("it stops in good order", gateway.waitFor() == 0);
        Process second = gateway();
        post(CRITICAL);
        await("it counts on", () -> counted() == posted);
        await("it is scraped again", () -> asked.has("falco_events{rule=\"Never seen before\"} == 2"));
        second.destroyForcibly().waitFor();
        gateway();
        post(CRITICAL);
        await("it counts on after a kill", () -> counted() == posted);
        await("it is scraped again after a kill", () -> asked.has("falco_events{rule=\"Never seen before\"} == 3"));
        check("no counter of events was reset", !asked.has("resets(falco_events[10m]) > 0"));
        check("no event was counted twice", asked.has("sum(falco_events) == " + posted));
        say("counters went on over a stop and a kill");
    }

    private double counted() throws Exception {
        return send("GET", gatewayPort, "/metrics", "").lines()
                .filter(line -> line.startsWith("falco_events{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private void post(String event) throws Exception {
        check("the answer to an event", send("POST", gatewayPort, "/", event).equals("{\"accepted\":1}"));
        posted++;
    }

    private void configure(int exporters) throws IOException {
        String here = "127.0.0.1:" + exporters;
        Files.writeString(work.resolve("routes.yaml"),
                "- {route: everything, condition: priority >= Debug, to: [archive, metrics]}\n");
        Files.writeString(work.resolve("gateway.yaml"), """
                listen: {http: "127.0.0.1:%d"}
                journal: {path: %s/data}
                hosts: null
                sources: [{name: away, grpc: "127.0.0.1:1"}]
                routes: [%s/routes.yaml]
                sinks:
                  archive: {type: file, path: %s/data/events.ndjson}
                  metrics: {type: prometheus}
                  chat: {type: discord, url: "http://%s/api/webhooks/1/secret"}
                """.formatted(gatewayPort, work, work, work, here));
        String config = Files.readString(Path.of("docker/prometheus/prometheus.yml"))
                .replace("10s", "1s")
                .replace("gateway:2801", "127.0.0.1:" + gatewayPort)
                .replace("alertmanager:9093", here)
                .replace("docker-host", "web-1");
        for (String[] exporter : new String[][] {
            {"node-exporter:9100", "node"}, {"host.docker.internal:9323", "docker"}, {"host.docker.internal:8765", "falco"}
        }) {
            config = config.replace("  static_configs: [{targets: [\"" + exporter[0],
                    "  metrics_path: /" + exporter[1] + "\n    static_configs: [{targets: [\"" + here);
        }
        Files.writeString(work.resolve("prometheus.yml"), config);
        Files.copy(Path.of("docker/prometheus/alerts.yml"), work.resolve("alerts.yml"));
    }

    /** What node-exporter, Docker and Falco show, and an Alertmanager that takes alerts. */
    private HttpServer exporters() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = new byte[0];
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/api/v2/alerts")) {
                alerts.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            } else {
                body = Files.readAllBytes(Path.of("bench/monitoring/exporters" + path + ".prom"));
            }
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private Process gateway() throws Exception {
        Process process = start("gateway", Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx192m",
                "-XX:+UseSerialGC", "-jar", jar.toString(), "run", "--config", work.resolve("gateway.yaml").toString());
        await("the gateway is ready", () -> {
            try {
                return send("GET", gatewayPort, "/ping", "").equals("pong");
            } catch (IOException notYet) {
                return false;
            }
        });
        return process;
    }

    private Process start(String name, String... command) throws IOException {
        Path log = work.resolve(name + ".log");
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        processes.add(process);
        return process;
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private void await(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                failures.forEach(failure -> System.out.println("FAILED: " + failure));
                throw new IllegalStateException("not within " + PATIENCE.toSeconds() + " s: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private void check(String what, boolean holds) {
        if (!holds) {
            failures.add(what);
        }
    }

    private String send(String method, int port, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, HttpRequest.BodyPublishers.ofString(body)).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static long past() {
        return System.currentTimeMillis() / 1000 - 3600;
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
