import io.github.falcogateway.wire.outputs.request;
import io.github.falcogateway.wire.outputs.response;
import io.github.falcogateway.wire.outputs.serviceGrpcService;
import io.github.falcogateway.wire.schema.priority;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
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
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Servers with Falco's rhythm, a gateway as a process of its own, and what must hold between them. Prints JSON. */
public final class Rig {

    private static final Pattern MARK = Pattern.compile("\"rig.id\":\"([^\"]+)\"");
    private static final Vertx VERTX = Vertx.vertx();
    private static final Path JAR = Path.of("target/falco-gateway.jar").toAbsolutePath();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static Path folder;
    private static boolean failed;

    public static void main(String[] args) throws Exception {
        List<String> all = List.of(args);
        boolean isShort = all.contains("--short");
        folder = Files.createTempDirectory("grpc-rig");
        try {
            tell("rate", rate(isShort ? 20_000 : 100_000));
            tell("flap", flap(isShort ? 8 : 60));
            tell("kill", kill(isShort ? 6 : 20));
            int go = all.indexOf("--go");
            if (go >= 0) {
                tell("client-go", clientGo(all.get(go + 1)));
            }
        } finally {
            Gateway.killAll();
            VERTX.close();
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
        System.exit(failed ? 1 : 0);
    }

    private static void tell(String what, JsonObject result) {
        System.out.println(new JsonObject().put(what, result).encode());
        if (!result.getBoolean("ok")) {
            failed = true;
        }
    }

    /** Events that wait in one Falco, twice: a cold gateway, and the same one when it is warm. */
    private static JsonObject rate(int events) throws Exception {
        Falco falco = new Falco("rate");
        fill(falco, "cold", events);
        falco.start();
        JsonObject result = new JsonObject().put("events", events);
        try (Gateway gateway = new Gateway("rate", List.of(falco), "poll: 50ms")) {
            result.put("cold_per_second", run(falco, gateway, events, events));
            fill(falco, "warm", events);
            long gatewayCpu = cpu(gateway.process.toHandle());
            long ownCpu = cpu(ProcessHandle.current());
            result.put("per_second", run(falco, gateway, events, 2L * events));
            result.put("gateway_cpu_us_per_event", (cpu(gateway.process.toHandle()) - gatewayCpu) / events);
            result.put("imitated_falco_cpu_us_per_event", (cpu(ProcessHandle.current()) - ownCpu) / events);
            Set<String> found = gateway.archive(2 * events);
            result.put("missing", 2 * events - found.size());
        }
        falco.stop();
        return result.put("ok", result.getInteger("missing") == 0);
    }

    /** Microseconds. */
    private static long cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1000;
    }

    private static void fill(Falco falco, String mark, int events) {
        for (int i = 0; i < events; i++) {
            falco.raise(mark + "-" + i);
        }
    }

    private static long run(Falco falco, Gateway gateway, int events, long until) throws Exception {
        falco.first.set(0);
        await(120, () -> gateway.events() >= until);
        return events * 1_000_000_000L / (System.nanoTime() - falco.first.get());
    }

    /**
     * Ten sources, three of which end each second, whatever they are doing. Of those that are asked with get all that
     * they have written is there; a request on a sub stream that meets a server which has just ended takes with it what
     * is unread, so that these may miss one in a hundred.
     */
    private static JsonObject flap(int seconds) throws Exception {
        List<Falco> falcos = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            falcos.add(new Falco("f" + i));
            falcos.get(i).mode = i == 0 ? "get" : "sub";
            falcos.get(i).start();
        }
        int raised = 0;
        try (Gateway gateway = new Gateway("flap", falcos, "poll: 50ms, retry: {min: 20ms, max: 200ms}")) {
            await(20, () -> gateway.connected() == 10);
            for (int tick = 0; tick < seconds * 10; tick++) {
                for (Falco falco : falcos) {
                    for (int k = 0; k < 20; k++) {
                        falco.raise(falco.name + "-" + tick + "-" + k);
                        raised++;
                    }
                }
                if (tick % 10 == 5) {
                    for (Falco falco : falcos.subList(0, 3)) {
                        falco.stop();
                    }
                } else if (tick % 10 == 9) {
                    for (Falco falco : falcos.subList(0, 3)) {
                        falco.start();
                    }
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
            await(30, () -> falcos.stream().allMatch(falco -> falco.queue.isEmpty()));
            Set<String> expected = new HashSet<>();
            falcos.forEach(falco -> expected.addAll(falco.complete));
            Set<String> found = gateway.archive(expected.size());
            expected.removeAll(found);
            long ofSub = expected.stream().filter(mark -> mark.matches("f[12]-.*")).count();
            long others = expected.size() - ofSub;
            int handed = falcos.stream().mapToInt(falco -> falco.complete.size()).sum();
            return new JsonObject()
                    .put("raised", raised)
                    .put("handed_over", handed)
                    .put("missing_of_stable_and_get", others)
                    .put("missing_of_flapping_sub", ofSub)
                    .put("reconnects", gateway.reconnects())
                    .put("ok", others == 0 && ofSub * 100 <= handed / 5);
        } finally {
            for (Falco falco : falcos) {
                falco.stop();
            }
        }
    }

    /** The gateway is killed and started again while events come; the Falcos run on. */
    private static JsonObject kill(int seconds) throws Exception {
        List<Falco> falcos = List.of(new Falco("k0"), new Falco("k1"));
        for (Falco falco : falcos) {
            falco.start();
        }
        Gateway gateway = new Gateway("kill", falcos, "poll: 50ms, retry: {min: 20ms, max: 200ms}");
        try {
            int kills = 0;
            for (int tick = 0; tick < seconds * 10; tick++) {
                for (Falco falco : falcos) {
                    for (int k = 0; k < 20; k++) {
                        falco.raise(falco.name + "-" + tick + "-" + k);
                    }
                }
                TimeUnit.MILLISECONDS.sleep(100);
                if (tick % 30 == 29) {
                    gateway.kill();
                    kills++;
                    gateway = new Gateway("kill", falcos, "poll: 50ms, retry: {min: 20ms, max: 200ms}");
                }
            }
            await(20, () -> falcos.stream().allMatch(falco -> falco.queue.isEmpty()));
            Gateway last = gateway;
            await(20, () -> last.connected() == 2);
            int handed = falcos.stream().mapToInt(falco -> falco.complete.size()).sum();
            Set<String> found = gateway.archive(handed);
            int lost = handed - found.size();
            // Falco has no acknowledgement: what a drain had brought and the journal had not is lost with a kill.
            return new JsonObject()
                    .put("kills", kills)
                    .put("handed_over", handed)
                    .put("lost", lost)
                    .put("ok", lost <= kills * 1100);
        } finally {
            gateway.close();
            for (Falco falco : falcos) {
                falco.stop();
            }
        }
    }

    /** A client-go subscriber of ours, and its generated server as a source of ours. */
    private static JsonObject clientGo(String rig) throws Exception {
        Path served = folder.resolve("served.sock");
        Path goSocket = folder.resolve("go.sock");
        Process server = new ProcessBuilder(rig, "serve", goSocket.toString(), "5000").inheritIO().start();
        Falco falco = new Falco("host-a");
        Falco other = new Falco("host-b");
        falco.start();
        other.start();
        JsonObject result = new JsonObject();
        try (Gateway gateway = new Gateway(
                "go",
                List.of(falco, other),
                "poll: 50ms",
                "listen: {http: \"127.0.0.1:0\", grpc: \"unix://" + served + "\"}\n",
                "- {name: go, grpc: \"unix://" + goSocket + "\", poll: 50ms}\n- {name: go-get, mode: get, grpc: \"unix://"
                        + goSocket + "\", poll: 50ms}\n")) {
            await(20, () -> gateway.events() >= 5000);
            result.put("from_client_go_server", gateway.events());
            result.put("version", output(new ProcessBuilder(rig, "version", served.toString())));
            Process subscriber = new ProcessBuilder(rig, "subscribe", served.toString(), "2000", "60")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            await(20, () -> gateway.metric("falco_gateway_grpc_subscribers") >= 1);
            for (int i = 0; i < 1000; i++) {
                falco.raise("go-a-" + i);
                other.raise("go-b-" + i);
            }
            JsonObject told = new JsonObject(new String(subscriber.getInputStream().readAllBytes()).strip());
            result.put("to_client_go", told);
            result.put("get", output(new ProcessBuilder(rig, "get", served.toString())));
            return result.put(
                    "ok",
                    result.getLong("from_client_go_server") == 5000
                            && told.getInteger("events") == 2000
                            && told.getJsonArray("hosts").equals(new JsonArray(List.of("host-a", "host-b"))));
        } finally {
            server.destroy();
            falco.stop();
            other.stop();
        }
    }

    private static String output(ProcessBuilder command) throws Exception {
        Process process = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        return new String(process.getInputStream().readAllBytes()).strip();
    }

    private static void await(int seconds, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not within " + seconds + " s");
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** One queue that clients compete for; drained when asked, and forgotten. */
    private static final class Falco {

        final String name;
        final Queue<String> queue = new ConcurrentLinkedQueue<>();
        /** What was written whole before the server ended. */
        final Set<String> complete = ConcurrentHashMap.newKeySet();

        final AtomicLong first = new AtomicLong();
        private final Path socket;
        String mode = "sub";
        private HttpServer server;

        Falco(String name) {
            this.name = name;
            this.socket = folder.resolve(name + ".sock");
        }

        void raise(String mark) {
            queue.add(mark);
        }

        void start() throws Exception {
            GrpcServer grpc = GrpcServer.server(VERTX);
            grpc.callHandler(serviceGrpcService.sub, call -> {
                boolean[] gone = {false};
                call.errorHandler(error -> gone[0] = true);
                call.exceptionHandler(error -> gone[0] = true);
                call.handler(asked -> drain(call, gone, () -> {}));
            });
            grpc.callHandler(serviceGrpcService.get, call -> {
                boolean[] gone = {false};
                call.errorHandler(error -> gone[0] = true);
                call.exceptionHandler(error -> gone[0] = true);
                call.handler(asked -> drain(call, gone, () -> call.response().end()));
            });
            grpc.callHandler(
                    io.github.falcogateway.wire.version.serviceGrpcService.version,
                    call -> call.handler(asked -> call.response()
                            .end(io.github.falcogateway.wire.version.response
                                    .newBuilder()
                                    .setVersion("0.43.1")
                                    .build())));
            server = get(VERTX.createHttpServer()
                    .requestHandler(grpc)
                    .listen(SocketAddress.domainSocketAddress(socket.toString())));
        }

        void stop() throws Exception {
            get(server.close());
            Files.deleteIfExists(socket);
        }

        private void drain(GrpcServerRequest<request, response> call, boolean[] gone, Runnable empty) {
            GrpcServerResponse<request, response> answer = call.response();
            while (!gone[0]) {
                if (answer.writeQueueFull()) {
                    answer.drainHandler(drained -> drain(call, gone, empty));
                    return;
                }
                String mark = queue.poll();
                if (mark == null) {
                    empty.run();
                    return;
                }
                first.compareAndSet(0, System.nanoTime());
                answer.write(event(mark)).onSuccess(written -> complete.add(mark));
            }
        }

        private response event(String mark) {
            String json = "{\"hostname\":\"" + name + "\",\"output\":\"10:15:30.000000007: Notice A shell was spawned in a"
                    + " container with an attached terminal (evt_type=execve user=root user_uid=0 user_loginuid=-1"
                    + " process=bash proc_exepath=/usr/bin/bash parent=containerd-shim command=bash terminal=34816"
                    + " exe_flags=EXE_WRITABLE container_id=bfb9637a47a6)\",\"output_fields\":{\"container.id\":"
                    + "\"bfb9637a47a6\",\"container.image.repository\":\"docker.io/library/nginx\",\"evt.time\":"
                    + "1651447772918828894,\"evt.type\":\"execve\",\"k8s.ns.name\":null,\"proc.cmdline\":\"bash -i\","
                    + "\"proc.name\":\"bash\",\"proc.pid\":4711,\"rig.id\":\"" + mark + "\",\"user.loginuid\":-1,"
                    + "\"user.name\":\"root\"},\"priority\":\"Notice\",\"rule\":\"Terminal shell in container\",\"source\":"
                    + "\"syscall\",\"tags\":[\"T1059\",\"container\",\"maturity_stable\",\"mitre_execution\",\"shell\"],"
                    + "\"time\":\"2026-11-25T10:15:30.000000007Z\"}";
            return response.newBuilder()
                    .setPriority(priority.NOTICE)
                    .setRule("Terminal shell in container")
                    .setOutput(json)
                    .putOutputFields("proc.name", "bash")
                    .putOutputFields("container.id", "bfb9637a47a6")
                    .setHostname(name)
                    .setSource("syscall")
                    .build();
        }

        private static <T> T get(Future<T> future) throws Exception {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    /** A gateway as a process. */
    private static final class Gateway implements AutoCloseable {

        private static final List<Process> ALL = new ArrayList<>();
        private static final Pattern READY = Pattern.compile("ready, taking events on (\\S+)");

        private final Path home;
        private final Process process;
        private final String url;

        Gateway(String name, List<Falco> falcos, String keys) throws Exception {
            this(name, falcos, keys, "listen: {http: \"127.0.0.1:0\"}\n", "");
        }

        Gateway(String name, List<Falco> falcos, String keys, String listen, String more) throws Exception {
            home = Files.createDirectories(folder.resolve(name + "-gateway"));
            StringBuilder config = new StringBuilder(listen).append("routes: []\nhosts: null\nsources:\n");
            falcos.forEach(falco -> config.append("- {name: " + falco.name + ", grpc: \"unix://" + falco.socket + "\", mode: " + falco.mode + ", " + keys + "}\n"));
            Files.writeString(home.resolve("gateway.yaml"), config.append(more));
            Path log = home.resolve("log-" + System.nanoTime());
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-Xmx256m", "-jar", JAR.toString(), "run", "--config", "gateway.yaml")
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
}
