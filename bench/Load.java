import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The load rig: closed-loop senders over kept connections, gateway and bare server in turn. See bench/README.md. */
public final class Load {

    private record Result(double perSecond, double p50, double p99, double cpuMicros, long rssMib, long events) {
        String json() {
            return String.format(
                    "{\"events_per_s\":%.0f,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"cpu_us_per_event\":%.1f,\"rss_mib\":%d}",
                    perSecond, p50, p99, cpuMicros, rssMib);
        }
    }

    public static void main(String[] args) throws Exception {
        Map<String, Long> options = new HashMap<>(Map.of("--seconds", 10L, "--rounds", 2L, "--connections", 64L, "--events", 0L));
        for (int i = 0; i + 1 < args.length; i += 2) {
            if (!options.containsKey(args[i])) {
                throw new IllegalArgumentException("unknown option " + args[i]);
            }
            options.put(args[i], Long.parseLong(args[i + 1]));
        }
        int connections = options.get("--connections").intValue();
        long nanos = options.get("--seconds") * 1_000_000_000L;
        Path folder = Files.createTempDirectory("falco-gateway-bench");
        int gatewayPort = freePort();
        int barePort = freePort();
        Files.writeString(folder.resolve("gateway.yaml"), "listen: {http: \"127.0.0.1:" + gatewayPort + "\"}\n");
        Path jar = Path.of("target/falco-gateway.jar").toAbsolutePath();
        List<Process> processes = new ArrayList<>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> processes.forEach(Process::destroyForcibly)));
        Process gateway = start(folder, gatewayPort, "-Xmx256m", "-XX:+UseSerialGC", "-jar", jar.toString(), "run", "--config", "gateway.yaml");
        processes.add(gateway);
        Process bare = start(folder, barePort, "-Xmx256m", "-XX:+UseSerialGC", "-cp", jar.toString(), Path.of("bench/BareServer.java").toAbsolutePath().toString(), Integer.toString(barePort));
        processes.add(bare);
        load(gatewayPort, gateway, connections, 3_000_000_000L, Long.MAX_VALUE);
        load(barePort, bare, connections, 3_000_000_000L, Long.MAX_VALUE);
        List<Result> ours = new ArrayList<>();
        List<Result> theirs = new ArrayList<>();
        long bytesBefore = size(folder);
        long events = 0;
        for (int round = 0; round < options.get("--rounds"); round++) {
            ours.add(load(gatewayPort, gateway, connections, nanos, Long.MAX_VALUE));
            theirs.add(load(barePort, bare, connections, nanos, Long.MAX_VALUE));
        }
        for (Result result : ours) {
            events += result.events();
        }
        long perEvent = (size(folder) - bytesBefore) / Math.max(1, events);
        Result alone = load(gatewayPort, gateway, 1, nanos / 2, Long.MAX_VALUE);
        Result bareAlone = load(barePort, bare, 1, nanos / 2, Long.MAX_VALUE);
        String soak = "";
        if (options.get("--events") > 0) {
            Result many = load(gatewayPort, gateway, connections, Long.MAX_VALUE / 4, options.get("--events"));
            soak = ",\"soak\":{\"events\":" + many.events() + ",\"result\":" + many.json() + "}";
        }
        Result best = median(ours);
        Result base = median(theirs);
        System.out.printf(
                "{\"connections\":%d,\"gateway\":%s,\"bare\":%s,\"ratio\":%.3f,\"disk_bytes_per_event\":%d,\"one_connection\":{\"gateway\":%s,\"bare\":%s}%s}%n",
                connections, best.json(), base.json(), best.perSecond() / base.perSecond(), perEvent, alone.json(), bareAlone.json(), soak);
        processes.forEach(Process::destroy);
        for (Process process : processes) {
            process.waitFor();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        System.exit(0);
    }

    private static Result median(List<Result> results) {
        return results.stream().sorted(Comparator.comparingDouble(Result::perSecond)).toList().get(results.size() / 2);
    }

    private static Process start(Path folder, int port, String... command) throws Exception {
        List<String> all = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        all.addAll(Arrays.asList(command));
        Process process = new ProcessBuilder(all).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        for (int i = 0; i < 300; i++) {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                return process;
            } catch (IOException notYet) {
                if (!process.isAlive()) {
                    throw new IllegalStateException("a server did not start");
                }
                Thread.sleep(100);
            }
        }
        throw new IllegalStateException("a server did not listen within 30 s");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** About 0.9 KB, as Falco's; rule, host and time vary. */
    private static byte[] request(long n) {
        String event = String.format(
                "{\"hostname\":\"host-%d\",\"output\":\"19:36:41.%09d: Error File below a known binary directory opened for writing (user=root user_loginuid=1000 command=touch /bin/file%d file=/bin/file%d parent=bash pcmdline=bash gparent=sudo container_id=host image=<NA>)\",\"priority\":\"%s\",\"rule\":\"Write below binary dir %d\",\"source\":\"syscall\",\"tags\":[\"filesystem\",\"mitre_persistence\"],\"time\":\"2026-05-01T23:36:41.%09dZ\",\"output_fields\":{\"container.id\":\"host\",\"container.image.repository\":null,\"evt.time\":16514482%011d,\"fd.name\":\"/bin/file%d\",\"proc.aname[2]\":\"sudo\",\"proc.cmdline\":\"touch /bin/file%d\",\"proc.name\":\"touch\",\"proc.pcmdline\":\"bash\",\"proc.pname\":\"bash\",\"user.loginuid\":1000,\"user.name\":\"root\",\"proc.exepath\":\"/usr/bin/touch\",\"proc.cwd\":\"/root/\",\"proc.tty\":34816,\"evt.type\":\"openat\"}}",
                n % 20, n % 1_000_000_000, n, n, n % 3 == 0 ? "Error" : "Warning", n % 50, n % 1_000_000_000, n, n, n);
        byte[] body = event.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    private static final class Client {
        private final ByteBuffer in = ByteBuffer.allocate(4096);
        private ByteBuffer out;
        private long sent;
    }

    private static Result load(int port, Process process, int connections, long nanos, long maxEvents) throws Exception {
        byte[][] requests = new byte[1000][];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = request(i);
        }
        long cpuBefore = cpuTicks(process);
        List<Long> latencies = new ArrayList<>(1 << 20);
        long begin = System.nanoTime();
        long sent = 0;
        long done = 0;
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
                channel.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
                Client client = new Client();
                channel.register(selector, SelectionKey.OP_READ, client);
                send(channel, client, requests[(int) (sent++ % requests.length)]);
            }
            while (System.nanoTime() - begin < nanos && done < maxEvents) {
                selector.select(100);
                for (SelectionKey key : selector.selectedKeys()) {
                    SocketChannel channel = (SocketChannel) key.channel();
                    Client client = (Client) key.attachment();
                    if (channel.read(client.in) < 0) {
                        throw new IOException("the server closed a connection");
                    }
                    if (answered(client.in)) {
                        if (latencies.size() < 4_000_000) {
                            latencies.add(System.nanoTime() - client.sent);
                        }
                        done++;
                        client.in.clear();
                        send(channel, client, requests[(int) (sent++ % requests.length)]);
                    }
                }
                selector.selectedKeys().clear();
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        long[] sorted = latencies.stream().mapToLong(Long::longValue).sorted().toArray();
        double cpu = (cpuTicks(process) - cpuBefore) * 10_000.0 / Math.max(1, done);
        return new Result(done / seconds, at(sorted, 0.5), at(sorted, 0.99), cpu, rss(process), done);
    }

    private static void send(SocketChannel channel, Client client, byte[] request) throws IOException {
        client.sent = System.nanoTime();
        client.out = ByteBuffer.wrap(request);
        while (client.out.hasRemaining()) {
            channel.write(client.out);
        }
    }

    /** Whether one whole answer is there; any but 200 is an error of the run. */
    private static boolean answered(ByteBuffer in) throws IOException {
        String text = new String(in.array(), 0, in.position(), StandardCharsets.US_ASCII);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        if (!text.startsWith("HTTP/1.1 200")) {
            throw new IOException("answered " + text.lines().findFirst().orElse(""));
        }
        int at = text.toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ") + 16;
        int length = Integer.parseInt(text.substring(at, text.indexOf('\r', at)).trim());
        return in.position() >= end + 4 + length;
    }

    private static double at(long[] sorted, double quantile) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, (long) (sorted.length * quantile))] / 1e6;
    }

    /** User and system time in hundredths of a second. */
    private static long cpuTicks(Process process) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    private static long rss(Process process) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        return 0;
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("segment-")).mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
