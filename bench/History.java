import java.io.BufferedWriter;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The history rig: imports a journal dump, then asks about it as the event browser does. See bench/README.md. */
public final class History {

    private static final String[] PRIORITIES = {"Critical", "Error", "Warning", "Notice", "Notice", "Informational", "Debug"};
    private static final Instant BEGIN = Instant.parse("2026-09-01T00:00:00Z");
    private static final int DAYS = 30;

    public static void main(String[] args) throws Exception {
        Map<String, String> options = new HashMap<>(Map.of("--events", "1000000", "--classpath", "target/falco-gateway.jar", "--heap", "256m", "--budgets", "true"));
        for (int i = 0; i + 1 < args.length; i += 2) {
            if (!options.containsKey(args[i])) {
                throw new IllegalArgumentException("unknown option " + args[i]);
            }
            options.put(args[i], args[i + 1]);
        }
        int events = Integer.parseInt(options.get("--events"));
        Path folder = Files.createTempDirectory("falco-gateway-history");
        int port = freePort();
        Path config = folder.resolve("gateway.yaml");
        Files.writeString(config, "listen: {http: \"127.0.0.1:" + port + "\"}\nroutes: []\nhosts: null\nsinks: {metrics: {type: prometheus}}\ndefault: [metrics]\n");
        Path dump = folder.resolve("journal.txt");
        write(dump, events);
        String classpath = Arrays.stream(options.get("--classpath").split(":")).map(part -> Path.of(part).toAbsolutePath().toString()).reduce((a, b) -> a + ":" + b).orElseThrow();
        String main = "io.github.falcogateway.cli.Main";
        Process gateway = start(folder, "java", "-Xmx" + options.get("--heap"), "-XX:+UseSerialGC", "-cp", classpath, main, "run", "--config", config.toString());
        Runtime.getRuntime().addShutdownHook(new Thread(gateway::destroyForcibly));
        await(port, gateway);
        long begin = System.nanoTime();
        Process importing = new ProcessBuilder("java", "-cp", classpath, main, "import", "--to", "http://127.0.0.1:" + port, dump.toString()).inheritIO().redirectOutput(ProcessBuilder.Redirect.to(folder.resolve("import.log").toFile())).start();
        double importCpu = 0;
        while (!importing.waitFor(200, TimeUnit.MILLISECONDS)) {
            importCpu = Math.max(importCpu, cpuMillis(importing) / 1000);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        double gatewayCpu = cpuMillis(gateway) / 1000;
        System.out.printf("{\"events\":%d,\"import_s\":%.1f,\"import_gateway_cpu_s\":%.1f,\"import_client_cpu_s\":%.1f,\"journal_mib\":%d", events, seconds, gatewayCpu, importCpu, size(folder.resolve("data")) >> 20);
        boolean good = ask(gateway, port, "page_ms", 300, "/api/events?limit=100&since=2026-09-10T00:00:00Z&until=2026-09-12T00:00:00Z&filter=", "rule = \"Rule 15\" and host = node-7 and priority >= Error");
        good &= ask(gateway, port, "rare_page_ms", 300, "/api/events?limit=100&filter=", "rule = \"Rule 90\" and host in (node-3, node-4) and priority = Debug and time < 1789000000000000000");
        good &= ask(gateway, port, "newest_page_ms", 300, "/api/events?limit=100", "");
        good &= ask(gateway, port, "summary_by_rule_ms", 1000, "/api/summary?by=rule&trend=24", "");
        good &= ask(gateway, port, "summary_by_host_ms", 1000, "/api/summary?by=host&filter=", "priority >= Warning");
        good &= ask(gateway, port, "histogram_ms", 1000, "/api/histogram?step=1h", "");
        good &= ask(gateway, port, "field_page_ms", 0, "/api/events?limit=100&filter=", "proc.name = rare");
        System.out.printf(",\"gateway_rss_mib\":%d", rss(gateway));
        gateway.destroy();
        gateway.waitFor(20, TimeUnit.SECONDS);
        begin = System.nanoTime();
        Process again = start(folder, "java", "-Xmx" + options.get("--heap"), "-XX:+UseSerialGC", "-cp", classpath, main, "run", "--config", config.toString());
        Runtime.getRuntime().addShutdownHook(new Thread(again::destroyForcibly));
        await(port, again);
        System.out.printf(",\"restart_s\":%.1f", (System.nanoTime() - begin) / 1e9);
        good &= ask(again, port, "summary_after_restart_ms", 1000, "/api/summary?by=rule", "");
        System.out.printf(",\"within_budget\":%b}%n", good);
        again.destroy();
        again.waitFor(20, TimeUnit.SECONDS);
        delete(folder);
        System.exit(good || options.get("--budgets").equals("false") ? 0 : 1);
    }

    /** The first answer counts as much as the median of five: nobody asks twice. */
    private static boolean ask(Process process, int port, String name, int budget, String path, String filter) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        List<Double> times = new ArrayList<>();
        String body = "";
        double cpu = cpuMillis(process);
        for (int i = 0; i < 5; i++) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path + URLEncoder.encode(filter, StandardCharsets.UTF_8))).build();
            long begin = System.nanoTime();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            times.add((System.nanoTime() - begin) / 1e6);
            body = answer.body();
            if (answer.statusCode() != 200) {
                throw new IOException(body);
            }
        }
        cpu = (cpuMillis(process) - cpu) / times.size();
        double first = times.get(0);
        times.sort(null);
        Matcher total = Pattern.compile("\"total\":(\\d+)").matcher(body);
        String found = total.find() ? total.group(1) : Integer.toString(body.split("\"gateway\":", -1).length - 1);
        System.out.printf(",\"%s\":{\"first\":%.0f,\"median\":%.0f,\"cpu\":%.0f,\"found\":%s}", name, first, times.get(2), cpu, found);
        return budget == 0 || first <= budget;
    }

    private static void write(Path dump, int events) throws IOException {
        Random random = new Random(7);
        long step = DAYS * 86_400_000_000_000L / events;
        try (BufferedWriter out = Files.newBufferedWriter(dump)) {
            for (int i = 0; i < events; i++) {
                Instant time = BEGIN.plusNanos(i * step + 123456789);
                int rule = (int) Math.min(99, Math.abs(random.nextGaussian()) * 33);
                String host = "node-" + random.nextInt(200);
                String priority = PRIORITIES[(rule + random.nextInt(2)) % PRIORITIES.length];
                String process = random.nextInt(50_000) == 0 ? "rare" : "proc" + random.nextInt(20);
                out.write("Sep 01 00:00:00 collector falco[1]: {\"hostname\":\"" + host + "\",\"output\":\"" + time + ": " + priority + " File below a known binary directory opened for writing (user=root user_loginuid=1000 command=touch /bin/should_not_be_here file=/bin/should_not_be_here parent=bash pcmdline=bash gparent=sshd container_id=host image=<NA>)\",\"priority\":\"" + priority + "\",\"rule\":\"Rule " + rule + "\",\"source\":\"syscall\",\"tags\":[\"filesystem\",\"mitre_persistence\",\"t" + rule % 5 + "\"],\"time\":\"" + time + "\",\"output_fields\":{\"container.id\":\"host\",\"evt.time\":" + (time.getEpochSecond() * 1_000_000_000L + time.getNano()) + ",\"fd.name\":\"/bin/should_not_be_here\",\"proc.name\":\"" + process + "\",\"proc.pid\":" + i + ",\"user.name\":\"root\"}}");
                out.newLine();
            }
        }
    }

    private static Process start(Path folder, String... command) throws IOException {
        return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile())).start();
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

    /** What the process has used, in hundredths of a second: on a busy machine it tells more than the clock. */
    private static double cpuMillis(Process process) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10.0;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static long size(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }
}
