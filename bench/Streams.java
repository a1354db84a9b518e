import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** The stream rig: many live streams with conditions of their own while events come in. See bench/README.md. */
public final class Streams {

    private static final int HOSTS = 250;
    private static final int SENDERS = 16;
    private static final byte[] MARK = "\nevent: falco".getBytes(StandardCharsets.US_ASCII);

    /** One stream: what it has got. */
    static final class Client {
        final int host;
        final boolean reads;
        int matched;
        long events;
        boolean open;
        boolean ended;
        /** Null where it asks for plain text. */
        private GzipBody packed;

        Client(int host, boolean reads) {
            this.host = host;
            this.reads = reads;
        }

        /** Asks for gzip. One that does not unpack only takes the bytes: a thousand that do are more work than the gateway's. */
        Client packed(boolean unpacks) {
            packed = new GzipBody(unpacks);
            return this;
        }

        /** Whether it can tell how many events came. */
        boolean counts() {
            return reads && (packed == null || packed.unpacks);
        }

        void read(ByteBuffer bytes) throws IOException {
            if (packed == null) {
                count(bytes);
            } else {
                open = true;
                packed.read(bytes, this::count);
            }
        }

        private void count(ByteBuffer bytes) {
            while (bytes.hasRemaining()) {
                byte b = bytes.get();
                matched = b == MARK[matched] ? matched + 1 : b == MARK[0] ? 1 : 0;
                if (matched == MARK.length) {
                    events++;
                    matched = 0;
                }
                open |= b == ':';
            }
        }
    }

    static volatile boolean reading = true;

    public static void main(String[] args) throws Exception {
        Map<String, String> options = new HashMap<>(Map.of("--clients", "1000", "--seconds", "10", "--classpath", "target/falco-gateway.jar", "--heap", "256m"));
        boolean gzip = Arrays.asList(args).contains("--gzip");
        args = Arrays.stream(args).filter(arg -> !arg.equals("--gzip")).toArray(String[]::new);
        for (int i = 0; i + 1 < args.length; i += 2) {
            if (!options.containsKey(args[i])) {
                throw new IllegalArgumentException("unknown option " + args[i]);
            }
            options.put(args[i], args[i + 1]);
        }
        int count = Integer.parseInt(options.get("--clients"));
        int seconds = Integer.parseInt(options.get("--seconds"));
        Path folder = Files.createTempDirectory("falco-gateway-streams");
        int port = freePort();
        Files.writeString(folder.resolve("gateway.yaml"), "listen: {http: \"127.0.0.1:" + port + "\"}\nroutes: []\nhosts: null\nsinks: {metrics: {type: prometheus}}\ndefault: [metrics]\n");
        String classpath = Arrays.stream(options.get("--classpath").split(":")).map(part -> Path.of(part).toAbsolutePath().toString()).reduce((a, b) -> a + ":" + b).orElseThrow();
        Process gateway = new ProcessBuilder("java", "-Xmx" + options.get("--heap"), "-XX:+UseSerialGC", "-cp", classpath, "io.github.falcogateway.cli.Main", "run", "--config", "gateway.yaml").directory(folder.toFile()).redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
        Runtime.getRuntime().addShutdownHook(new Thread(gateway::destroyForcibly));
        await(port, gateway);
        send(port, 3, new ConcurrentHashMap<>());
        double before = send(port, seconds, new ConcurrentHashMap<>());
        List<Client> clients = new ArrayList<>();
        Selector selector = Selector.open();
        for (int i = 0; i < count; i++) {
            clients.add(open(selector, port, i, gzip));
        }
        Thread reader = new Thread(() -> read(selector));
        reader.setDaemon(true);
        reader.start();
        until(() -> clients.stream().filter(client -> client.reads).allMatch(client -> client.open), 60);
        Map<Integer, LongAdder> sent = new ConcurrentHashMap<>();
        double with = send(port, seconds, sent);
        boolean complete = until(() -> clients.stream().filter(client -> client.reads).allMatch(client -> client.events == expected(client, sent)), 60);
        long wrong = clients.stream().filter(client -> client.reads && client.events != expected(client, sent)).count();
        String metrics = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build(), HttpResponse.BodyHandlers.ofString()).body();
        System.out.printf("{\"clients\":%d,\"conditions\":%d,\"senders\":%d,\"events_per_s_alone\":%.0f,\"events_per_s_with_clients\":%.0f,\"ratio\":%.2f,\"complete\":%b,\"incomplete_clients\":%d,\"rss_mib\":%d,\"open\":\"%s\"}%n", count, HOSTS + 2, SENDERS, before, with, with / before, complete, wrong, rss(gateway), metrics.lines().filter(line -> line.startsWith("falco_gateway_sse_clients ")).findFirst().orElse(""));
        reading = false;
        selector.close();
        gateway.destroy();
        gateway.waitFor(20, TimeUnit.SECONDS);
        delete(folder);
        System.exit(complete ? 0 : 1);
    }

    /** One in fifty wants everything, one in a hundred reads nothing, the others want one host each. */
    private static Client open(Selector selector, int port, int index, boolean gzip) throws IOException {
        Client client = new Client(index % 50 == 0 ? -1 : index % HOSTS, index % 100 != 99);
        String condition = client.host < 0 ? index % 100 == 0 ? "" : "priority >= Debug" : "host = node-" + client.host;
        return open(selector, port, gzip ? client.packed(true) : client, condition);
    }

    /** Opens the stream of a client, with a condition that may be empty. */
    static Client open(Selector selector, int port, Client client, String condition) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
        String accepts = client.packed == null ? "" : "Accept-Encoding: gzip\r\n";
        String request = "GET /api/stream?filter=" + URLEncoder.encode(condition, StandardCharsets.UTF_8) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + accepts + "\r\n";
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        channel.configureBlocking(false);
        if (client.reads) {
            channel.register(selector, SelectionKey.OP_READ, client);
        }
        return client;
    }

    static void read(Selector selector) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
        try {
            while (reading) {
                selector.select(100);
                for (SelectionKey key : selector.selectedKeys()) {
                    buffer.clear();
                    Client client = (Client) key.attachment();
                    if (((SocketChannel) key.channel()).read(buffer) < 0) {
                        client.ended = true;
                        key.cancel();
                    }
                    client.read(buffer.flip());
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException | java.nio.channels.ClosedSelectorException ended) {
            if (reading) {
                ended.printStackTrace();
            }
        }
    }

    private static long expected(Client client, Map<Integer, LongAdder> sent) {
        if (client.host < 0) {
            return sent.values().stream().mapToLong(LongAdder::sum).sum();
        }
        LongAdder of = sent.get(client.host);
        return of == null ? 0 : of.sum();
    }

    /** Each sender sends one event and waits for its answer, as Falco does; events a second. */
    private static double send(int port, int seconds, Map<Integer, LongAdder> sent) throws Exception {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        List<Thread> threads = new ArrayList<>();
        LongAdder all = new LongAdder();
        for (int n = 0; n < SENDERS; n++) {
            int first = n;
            Thread thread = new Thread(() -> {
                try (Socket socket = new Socket("127.0.0.1", port)) {
                    socket.setTcpNoDelay(true);
                    BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                    OutputStream out = socket.getOutputStream();
                    for (int i = first; System.nanoTime() < end; i += SENDERS) {
                        int host = i % HOSTS;
                        String body = "{\"hostname\":\"node-" + host + "\",\"rule\":\"Rule " + i % 40 + "\",\"priority\":\"Notice\",\"output\":\"" + "x".repeat(300) + "\",\"output_fields\":{\"proc.name\":\"p" + i % 30 + "\"}}";
                        out.write(("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
                        int length = 0;
                        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                            length = line.toLowerCase().startsWith("content-length:") ? Integer.parseInt(line.substring(15).trim()) : length;
                        }
                        in.skip(length);
                        sent.computeIfAbsent(host, none -> new LongAdder()).increment();
                        all.increment();
                    }
                } catch (IOException failed) {
                    failed.printStackTrace();
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return all.sum() / (double) seconds;
    }

    static boolean until(java.util.function.BooleanSupplier condition, int seconds) throws InterruptedException {
        for (int i = 0; i < seconds * 10; i++) {
            if (condition.getAsBoolean()) {
                return true;
            }
            Thread.sleep(100);
        }
        return condition.getAsBoolean();
    }

    private static void await(int port, Process process) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        for (int i = 0; i < 300 && process.isAlive(); i++) {
            try {
                client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/ping")).build(), HttpResponse.BodyHandlers.ofString());
                return;
            } catch (IOException notYet) {
                Thread.sleep(100);
            }
        }
        throw new IOException("the gateway does not start");
    }

    private static long rss(Process process) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        return 0;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }
}
