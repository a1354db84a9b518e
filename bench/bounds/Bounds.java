import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** The rig of bench/bounds/README.md: attacks a gateway in one way after another while an honest sender goes on. */
public final class Bounds {

    private interface Attack {
        /** Goes on until the end; how many things it did. */
        long run(int port, long end) throws Exception;
    }

    private static final String EVENT = "{\"rule\":\"R\",\"priority\":\"Error\",\"output\":\"o\"}";
    private static final Map<String, Attack> ATTACKS = new LinkedHashMap<>();

    static {
        ATTACKS.put("none", (port, end) -> pause(end));
        ATTACKS.put("slow_header", Bounds::slowHeader);
        ATTACKS.put("slow_body", Bounds::slowBody);
        ATTACKS.put("slow_reader", Bounds::slowReader);
        ATTACKS.put("slow_stream", Bounds::slowStream);
        ATTACKS.put("idle_connections", Bounds::idle);
        ATTACKS.put("connection_churn", Bounds::churn);
        ATTACKS.put("smuggling", Bounds::smuggling);
        ATTACKS.put("large_header", (port, end) -> flood(port, end, 4, List.of(header(64 << 10), header(15 << 10))));
        ATTACKS.put("large_body", (port, end) -> flood(port, end, 8, List.of(post(new byte[8 << 20], ""))));
        ATTACKS.put("gzip_bomb", (port, end) -> flood(port, end, 16, List.of(post(bomb(), "Content-Encoding: gzip\r\n"))));
        ATTACKS.put("many_events", (port, end) -> flood(port, end, 8, List.of(post(repeat(9_999), ""), post(repeat(60_000), ""))));
        ATTACKS.put("hostile_json", (port, end) -> flood(port, end, 8, hostileJson()));
        ATTACKS.put("rejected", (port, end) -> flood(port, end, 8, List.of(post(text("12:00:00 Error x ".repeat(4000)), ""))));
        ATTACKS.put("new_names", Bounds::newNames);
    }

    public static void main(String[] args) throws Exception {
        Map<String, String> options = new HashMap<>(Map.of("--seconds", "5", "--p99", "100", "--only", ""));
        for (int i = 0; i + 1 < args.length; i += 2) {
            if (options.put(args[i], args[i + 1]) == null) {
                throw new IllegalArgumentException("unknown option " + args[i]);
            }
        }
        long seconds = Long.parseLong(options.get("--seconds"));
        double most = Double.parseDouble(options.get("--p99"));
        Path folder = Files.createTempDirectory("falco-gateway-bounds");
        int port = freePort();
        // One file for all, so that every honest event can be looked for in it.
        Files.writeString(
                folder.resolve("gateway.yaml"),
                "listen: {http: \"127.0.0.1:" + port + "\"}\nsinks:\n"
                        + "  archive: {type: file, path: data/events.ndjson, rotate: {size: 100GiB, every: 0s}}\n"
                        + "  metrics: {type: prometheus}\n");
        String[] program = System.getenv("BOUNDS_CLASSPATH") == null
                ? new String[] {"-jar", Path.of("target/falco-gateway.jar").toAbsolutePath().toString()}
                : new String[] {"-cp", System.getenv("BOUNDS_CLASSPATH"), "io.github.falcogateway.cli.Main"};
        Process gateway = start(folder, port, program);
        Runtime.getRuntime().addShutdownHook(new Thread(gateway::destroyForcibly));
        List<String> failures = new ArrayList<>();
        Honest honest = new Honest(port);
        honest.warmUp();
        for (Map.Entry<String, Attack> attack : ATTACKS.entrySet()) {
            if (!options.get("--only").isEmpty() && !options.get("--only").equals(attack.getKey())) {
                continue;
            }
            failures.addAll(round(attack.getKey(), attack.getValue(), port, seconds, most, gateway, honest));
            if (!gateway.isAlive()) {
                failures.add(attack.getKey() + ": the gateway died");
                break;
            }
        }
        failures.addAll(honest.check(folder.resolve("data/events.ndjson")));
        long store = size(folder.resolve("data"), "state.db");
        System.out.printf("{\"honest_events\":%d,\"store_mib\":%d,\"failures\":%d}%n", honest.sent.size(), store >> 20, failures.size());
        gateway.destroy();
        boolean outOfMemory = Files.readString(folder.resolve("log")).contains("OutOfMemoryError");
        gateway.waitFor();
        if (outOfMemory) {
            failures.add("the heap was full");
        }
        failures.forEach(failure -> System.err.println("FAILED " + failure));
        if (failures.isEmpty()) {
            delete(folder);
        } else {
            System.err.println("the gateway's log is " + folder.resolve("log"));
        }
        System.exit(failures.isEmpty() ? 0 : 1);
    }

    private static List<String> round(String name, Attack attack, int port, long seconds, double most, Process gateway, Honest honest)
            throws Exception {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        long[] did = new long[1];
        String[] broken = new String[1];
        Thread attacker = new Thread(() -> {
            try {
                did[0] = attack.run(port, end);
            } catch (Exception failed) {
                broken[0] = failed.toString();
            }
        });
        attacker.start();
        List<Double> times = honest.until(end);
        attacker.join(30_000);
        List<String> failures = new ArrayList<>();
        double p99 = at(times, 0.99);
        long rss = gateway.isAlive() ? rss(gateway) : 0;
        System.out.printf(
                "{\"attack\":\"%s\",\"did\":%d,\"honest\":%d,\"p50_ms\":%.1f,\"p99_ms\":%.1f,\"max_ms\":%.1f,\"rss_mib\":%d}%n",
                name, did[0], times.size(), at(times, 0.5), p99, at(times, 1), rss);
        if (p99 > most) {
            failures.add(name + ": the honest sender's p99 is " + p99 + " ms");
        }
        if (broken[0] != null) {
            failures.add(name + ": " + broken[0]);
        }
        honest.losses.forEach(loss -> failures.add(name + ": " + loss));
        honest.losses.clear();
        return failures;
    }

    /** Sends one event, waits for its answer, as Falco does; over one connection that must never close. */
    private static final class Honest {
        private final int port;
        private final Set<String> sent = new HashSet<>();
        private final List<String> losses = new ArrayList<>();
        private Socket socket;

        Honest(int port) {
            this.port = port;
        }

        void warmUp() throws Exception {
            until(System.nanoTime() + 4_000_000_000L);
        }

        List<Double> until(long end) throws Exception {
            List<Double> times = new ArrayList<>();
            while (System.nanoTime() < end) {
                String id = "honest-" + sent.size();
                sent.add(id);
                long begin = System.nanoTime();
                try {
                    if (socket == null) {
                        socket = new Socket("127.0.0.1", port);
                        socket.setTcpNoDelay(true);
                        socket.setSoTimeout(30_000);
                    }
                    byte[] body = text("{\"rule\":\"honest\",\"priority\":\"Error\",\"output\":\"" + id + "\",\"uuid\":\"" + id + "\"}");
                    socket.getOutputStream().write(post(body, ""));
                    String answer = HttpAnswer.read(socket.getInputStream());
                    if (!answer.startsWith("HTTP/1.1 200")) {
                        losses.add(id + " was answered " + answer.lines().findFirst().orElse("nothing"));
                    }
                } catch (IOException broken) {
                    losses.add(id + " was not answered: " + broken);
                    socket = null;
                    if (losses.size() > 20) {
                        return times;
                    }
                }
                times.add((System.nanoTime() - begin) / 1e6);
                Thread.sleep(2);
            }
            return times;
        }

        List<String> check(Path file) throws Exception {
            for (int i = 0; ; i++) {
                Map<String, Integer> found = new HashMap<>();
                try (Stream<String> lines = Files.lines(file)) {
                    lines.filter(line -> line.startsWith("{\"rule\":\"honest\"")).forEach(line -> {
                        int at = line.indexOf("\"uuid\":\"") + 8;
                        found.merge(line.substring(at, line.indexOf('"', at)), 1, Integer::sum);
                    });
                }
                long missing = sent.stream().filter(id -> !found.containsKey(id)).count();
                long twice = found.values().stream().filter(n -> n > 1).count();
                if (missing == 0 && twice == 0) {
                    return List.of();
                }
                if (i == 300) {
                    return List.of("in the file " + missing + " honest events are missing, " + twice + " are there twice");
                }
                Thread.sleep(200);
            }
        }
    }

    private static long slowHeader(int port, long end) throws Exception {
        byte[] head = text("POST / HTTP/1.1\r\nHost: x\r\nX-Slow: ");
        return trickle(open(port, 400), head, end);
    }

    /** More than the heap holds, if all of it were kept. */
    private static long slowBody(int port, long end) throws Exception {
        byte[] head = text("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4000000\r\n\r\n");
        byte[] first = Arrays.copyOf(head, head.length + 3_500_000);
        Arrays.fill(first, head.length, first.length, (byte) ' ');
        return trickle(open(port, 150), first, end);
    }

    private static long trickle(List<SocketChannel> channels, byte[] first, long end) throws Exception {
        Map<SocketChannel, ByteBuffer> rest = new HashMap<>();
        channels.forEach(channel -> rest.put(channel, ByteBuffer.wrap(first)));
        long did = 0;
        while (System.nanoTime() < end) {
            for (SocketChannel channel : channels) {
                ByteBuffer next = rest.get(channel);
                if (!next.hasRemaining()) {
                    next = ByteBuffer.wrap(new byte[] {'a'});
                }
                did += write(channel, next) ? 1 : 0;
            }
            Thread.sleep(50);
        }
        close(channels);
        return did;
    }

    /** Asks for much, again and again, and reads nothing. */
    private static long slowReader(int port, long end) throws Exception {
        byte[] ask = text("GET /api/events?limit=1000 HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(20));
        return neverReading(port, end, 60, ask);
    }

    private static long slowStream(int port, long end) throws Exception {
        return neverReading(port, end, 100, text("GET /api/stream?since=1 HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    }

    private static long neverReading(int port, long end, int connections, byte[] ask) throws Exception {
        List<SocketChannel> channels = new ArrayList<>();
        for (int i = 0; i < connections && System.nanoTime() < end; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.socket().setReceiveBufferSize(4096);
            channel.connect(new InetSocketAddress("127.0.0.1", port));
            channel.write(ByteBuffer.wrap(ask));
            channels.add(channel);
        }
        pause(end);
        close(channels);
        return channels.size();
    }

    private static long idle(int port, long end) throws Exception {
        List<SocketChannel> channels = open(port, 5_000);
        long open = channels.size();
        pause(end);
        close(channels);
        return open;
    }

    private static long churn(int port, long end) throws Exception {
        long did = 0;
        while (System.nanoTime() < end) {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                socket.setSoLinger(true, 0);
                did++;
            }
            Thread.sleep(1);
        }
        return did;
    }

    private static long smuggling(int port, long end) throws Exception {
        String chunk = Integer.toHexString(EVENT.length()) + "\r\n" + EVENT + "\r\n0\r\n\r\n";
        String hidden = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + EVENT.length() + "\r\n\r\n" + EVENT;
        List<byte[]> shapes = new ArrayList<>();
        for (String head : List.of(
                "Content-Length: 4\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 4",
                "Content-Length: 4\r\nContent-Length: 5",
                "Content-Length: 4, 5",
                "Content-Length: +4",
                "Content-Length: -1",
                "Content-Length: 0x4",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding:\u000bchunked",
                "X: y\r\n folded\r\nContent-Length: 4",
                "Content-Length: 4\u0000")) {
            shapes.add(text("POST / HTTP/1.1\r\nHost: x\r\n" + head + "\r\n\r\n" + chunk + hidden));
        }
        shapes.add(text("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n" + EVENT + "\r\n0\r\n\r\n" + hidden));
        shapes.add(text("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffff\r\n" + EVENT));
        return flood(port, end, 4, shapes);
    }

    private static long newNames(int port, long end) throws Exception {
        long did = 0;
        while (System.nanoTime() < end) {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                socket.setSoTimeout(20_000);
                for (int i = 0; i < 100 && System.nanoTime() < end; i++) {
                    String name = did++ + "-" + "n".repeat(200);
                    String event = "{\"rule\":\"" + name + "\",\"priority\":\"Error\",\"hostname\":\"" + name + "\",\"tags\":[\"" + name
                            + "\"],\"output_fields\":{\"" + name + "\":\"" + name + "\"}}";
                    socket.getOutputStream().write(post(text(event), ""));
                    HttpAnswer.read(socket.getInputStream());
                }
            }
        }
        return did;
    }

    private static List<byte[]> hostileJson() {
        List<byte[]> requests = new ArrayList<>();
        String open = "{\"rule\":\"R\",\"priority\":\"Error\",\"output_fields\":{\"x\":";
        for (String value : List.of(
                "[".repeat(10_000), "{\"a\":".repeat(10_000), "[".repeat(99) + "]".repeat(99), "9".repeat(400), "9".repeat(1 << 20),
                "1e999999999", "\"" + "\\u0000".repeat(100_000) + "\"", "\"" + "\u202e".repeat(100_000) + "\"")) {
            requests.add(post(text(open + value + "}}"), ""));
        }
        requests.add(post(text(EVENT.replace("\"R\"", "\"" + "r".repeat(1 << 20) + "\"")), ""));
        requests.add(post(text(open + "1," + "\"" + "n".repeat(1 << 20) + "\":1}}"), ""));
        StringBuilder members = new StringBuilder(open + "1");
        for (int i = 0; i < 50_000; i++) {
            members.append(",\"f").append(i).append("\":").append(i);
        }
        requests.add(post(text(members + "}}"), ""));
        return requests;
    }

    /** Some senders send these over and over, each on a connection of its own. */
    private static long flood(int port, long end, int senders, List<byte[]> requests) throws Exception {
        long[] did = new long[senders];
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < senders; i++) {
            int sender = i;
            Thread thread = new Thread(() -> {
                while (System.nanoTime() < end) {
                    try (Socket socket = new Socket("127.0.0.1", port)) {
                        socket.setSoTimeout(5_000);
                        socket.getOutputStream().write(requests.get((int) (did[sender]++ % requests.size())));
                        HttpAnswer.read(socket.getInputStream());
                    } catch (IOException refused) {
                        // It may be cut off: that is what is asked for.
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return Arrays.stream(did).sum();
    }

    private static List<SocketChannel> open(int port, int wanted) throws IOException {
        List<SocketChannel> channels = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            try {
                SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
                channel.configureBlocking(false);
                channels.add(channel);
            } catch (IOException noMoreDescriptors) {
                break;
            }
        }
        return channels;
    }

    private static boolean write(SocketChannel channel, ByteBuffer bytes) {
        try {
            return channel.isOpen() && channel.write(bytes) > 0;
        } catch (IOException cutOff) {
            close(List.of(channel));
            return false;
        }
    }

    private static void close(List<SocketChannel> channels) {
        for (SocketChannel channel : channels) {
            try {
                channel.close();
            } catch (IOException gone) {
                // It is what was wanted.
            }
        }
    }

    private static long pause(long end) throws InterruptedException {
        Thread.sleep(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        return 0;
    }

    private static byte[] header(int size) {
        return text("POST / HTTP/1.1\r\nHost: x\r\nX-Large: " + "x".repeat(size) + "\r\nContent-Length: " + EVENT.length() + "\r\n\r\n" + EVENT);
    }

    private static byte[] repeat(int times) {
        return text((EVENT + "\n").repeat(times));
    }

    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 100; i++) {
                out.write(zeros);
            }
        }
        return packed.toByteArray();
    }

    private static byte[] post(byte[] body, String headers) {
        byte[] head = text("POST / HTTP/1.1\r\nHost: x\r\n" + headers + "Content-Length: " + body.length + "\r\n\r\n");
        byte[] all = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Process start(Path folder, int port, String... program) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:+UseSerialGC"));
        command.addAll(List.of(program));
        command.addAll(List.of("run", "--config", "gateway.yaml"));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        for (int i = 0; i < 600; i++) {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                return process;
            } catch (IOException notYet) {
                if (!process.isAlive()) {
                    throw new IllegalStateException("it did not start: " + Files.readString(folder.resolve("log")));
                }
                Thread.sleep(100);
            }
        }
        throw new IllegalStateException("it did not listen within a minute");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static double at(List<Double> times, double quantile) {
        List<Double> sorted = times.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.min(sorted.size() - 1, (long) (sorted.size() * quantile)));
    }

    private static long rss(Process process) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        return 0;
    }

    private static long size(Path folder, String start) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(start)).mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
