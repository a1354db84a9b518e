import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A broker and a gateway in processes of their own; the broker is killed and comes back. See bench/README.md. */
public final class Rig {

    private static final int EVENTS = 2000;
    private static final String PASSWORD = "rig-password";
    private static final Pattern READY = Pattern.compile("ready.*:(\\d+)");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Path folder;
    private final String brokerPath;
    private final int port;
    private final int secure;
    private final int controller;

    private Rig(Path folder, String brokerPath) throws IOException {
        this.folder = folder;
        this.brokerPath = brokerPath;
        this.port = freePort();
        this.secure = freePort();
        this.controller = freePort();
    }

    public static void main(String[] args) throws Exception {
        JsonObject verdict = new Rig(Files.createTempDirectory("falco-gateway-kafka"), args[0]).run();
        System.out.println(verdict.encode());
        System.exit(verdict.getString("verdict").equals("ok") ? 0 : 1);
    }

    private JsonObject run() throws Exception {
        Path properties = Files.writeString(folder.resolve("server.properties"), """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%1$d
                listeners=PLAINTEXT://127.0.0.1:%2$d,SASL_SSL://127.0.0.1:%4$d,CONTROLLER://127.0.0.1:%1$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%2$d,SASL_SSL://127.0.0.1:%4$d
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT
                controller.listener.names=CONTROLLER
                ssl.keystore.type=PKCS12
                ssl.keystore.location=%5$s
                ssl.keystore.password=rig-secret
                sasl.enabled.mechanisms=PLAIN
                listener.name.sasl_ssl.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required user_falco="%6$s";
                log.dirs=%3$s
                offsets.topic.replication.factor=1
                num.partitions=3
                """.formatted(controller, port, folder.resolve("kafka"), secure, certificate(), PASSWORD));
        java("format", "kafka.tools.StorageTool", "format", "-t", "MkU3OEVBNTcwNTJENDM2Qg", "-c", properties.toString())
                .waitFor();
        Process broker = java("broker", "kafka.Kafka", properties.toString());
        topic();
        Files.writeString(folder.resolve("gateway.yaml"), """
                listen: {http: "127.0.0.1:0"}
                routes: []
                hosts: null
                journal: {path: data}
                sinks:
                  stream:
                    type: kafka
                    brokers: ["127.0.0.1:%d"]
                    topic: falco
                    timeout: 2s
                    retry: {min: 50ms, max: 500ms}
                    tls: {ca: broker.pem}
                    properties:
                      security.protocol: SASL_SSL
                      sasl.mechanism: PLAIN
                      sasl.jaas.config: org.apache.kafka.common.security.plain.PlainLoginModule required username="falco" password="${file:password}";
                default: [stream]
                """.formatted(secure));
        Path password = Files.writeString(folder.resolve("password"), "not the password");
        Path log = folder.resolve("gateway.log");
        Process gateway = start(log, "-jar", Path.of("target/falco-gateway.jar").toAbsolutePath().toString(), "run", "--config", "gateway.yaml");
        int at = ready(log, gateway);
        Set<Long> answered = new HashSet<>();
        if (post(at, 0)) {
            answered.add(0L);
        }
        await(() -> get(at, "/api/sinks"), sinks -> sinks.contains("the cluster does not let us"));
        Files.writeString(password, PASSWORD);
        reload(at);
        for (long n = 1; n <= EVENTS; n++) {
            if (n == EVENTS / 3) {
                broker.destroyForcibly().waitFor();
            }
            if (n == 2 * EVENTS / 3) {
                broker = java("broker", "kafka.Kafka", properties.toString());
            }
            if (post(at, n)) {
                answered.add(n);
            }
        }
        JsonObject verdict = consume(answered);
        gateway.destroy();
        int code = gateway.waitFor();
        broker.destroyForcibly().waitFor();
        return code == 0 ? verdict : verdict.put("verdict", "failed").put("exit", code);
    }

    private JsonObject consume(Set<Long> answered) {
        Set<Long> seen = new HashSet<>();
        Map<String, Long> last = new HashMap<>();
        int twice = 0;
        int disorder = 0;
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", "127.0.0.1:" + port, "group.id", "rig", "auto.offset.reset", "earliest");
        long end = System.nanoTime() + 180_000_000_000L;
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of("falco"));
            while (!seen.containsAll(answered) && System.nanoTime() < end) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(500))) {
                    JsonObject event = new JsonObject(new String(message.value()));
                    long n = event.getLong("n");
                    String host = event.getString("hostname");
                    disorder += host.equals(new String(message.key())) ? 0 : 1;
                    if (!seen.add(n)) {
                        twice++;
                    } else if (n < last.getOrDefault(host, 0L)) {
                        disorder++;
                    }
                    last.merge(host, n, Math::max);
                }
            }
        }
        long lost = answered.stream().filter(n -> !seen.contains(n)).count();
        return new JsonObject()
                .put("verdict", lost == 0 && disorder == 0 && !answered.isEmpty() ? "ok" : "failed")
                .put("answered", answered.size())
                .put("lost", lost)
                .put("twice", twice)
                .put("out_of_order", disorder);
    }

    private void topic() throws Exception {
        long end = System.nanoTime() + 120_000_000_000L;
        while (true) {
            try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", "127.0.0.1:" + port))) {
                admin.createTopics(List.of(new NewTopic("falco", Optional.of(3), Optional.of((short) 1)))).all().get();
                return;
            } catch (java.util.concurrent.ExecutionException notYet) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(Files.readString(folder.resolve("broker")), notYet);
                }
            }
        }
    }

    private static boolean post(int port, long n) throws Exception {
        String event = "{\"rule\":\"r\",\"priority\":\"Error\",\"hostname\":\"host-" + n % 5 + "\",\"n\":" + n + "}";
        return CLIENT.send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                                        .POST(HttpRequest.BodyPublishers.ofString(event))
                                        .build(),
                                HttpResponse.BodyHandlers.discarding())
                        .statusCode()
                == 200;
    }

    private static String get(int port, String path) throws Exception {
        return CLIENT.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static void reload(int port) throws Exception {
        HttpResponse<String> answer = CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/-/reload"))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("the reload is refused: " + answer.body());
        }
    }

    private static void await(Callable<String> what, Predicate<String> wanted) throws Exception {
        long end = System.nanoTime() + 60_000_000_000L;
        while (!wanted.test(what.call())) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("never came: " + what.call());
            }
            Thread.sleep(100);
        }
    }

    private static int ready(Path log, Process gateway) throws Exception {
        long end = System.nanoTime() + 120_000_000_000L;
        while (true) {
            Matcher ready = READY.matcher(Files.readString(log));
            if (ready.find()) {
                return Integer.parseInt(ready.group(1));
            }
            if (!gateway.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("the gateway does not start: " + Files.readString(log));
            }
            Thread.sleep(50);
        }
    }

    private Process java(String log, String type, String... arguments) throws IOException {
        String[] command = new String[3 + arguments.length];
        command[0] = "-cp";
        command[1] = brokerPath;
        command[2] = type;
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        return start(folder.resolve(log), command);
    }

    private Process start(Path log, String... arguments) throws IOException {
        String[] command = new String[2 + arguments.length];
        command[0] = "java";
        command[1] = "-Xmx256m";
        System.arraycopy(arguments, 0, command, 2, arguments.length);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    /** The broker's own certificate, in a store for it and as {@code broker.pem} for the gateway. */
    private Path certificate() throws Exception {
        Path store = folder.resolve("broker.p12");
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> common = List.of(tool.toString(), "-alias", "broker", "-keystore", store.toString(), "-storepass", "rig-secret");
        keytool(common, "-genkeypair", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=ip:127.0.0.1", "-storetype", "PKCS12");
        keytool(common, "-exportcert", "-rfc", "-file", folder.resolve("broker.pem").toString());
        return store;
    }

    private static void keytool(List<String> common, String command, String... arguments) throws Exception {
        List<String> line = new ArrayList<>(common);
        line.add(1, command);
        line.addAll(List.of(arguments));
        if (new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() != 0) {
            throw new IllegalStateException("keytool cannot " + command);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
