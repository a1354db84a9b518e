import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Faults of the process: killed, restarted, out of descriptors, with a clock that jumps. */
final class Processes {

    private static final String FILE =
            "  archive: {type: file, path: events.ndjson, rotate: {size: 100KiB, keep: 10000, compress: true}}\n";

    private Processes() {}

    /** kill -9 under load, again and again, while the file rotates and compresses. */
    static JsonObject kills(Path folder, int kills) throws Exception {
        Senders senders = new Senders();
        try (FaultyReceiver receiver = new FaultyReceiver()) {
            String config = Faults.config(freePort(), FILE + http(receiver.port()), "");
            for (int i = 0; i < kills; i++) {
                try (Gateway gateway = Gateway.start(folder, config)) {
                    int before = senders.answered.size();
                    senders.start(gateway.port, 8);
                    int enough = 100 + i * 37 % 300;
                    Gateway.await(60, () -> senders.answered.size() > before + enough);
                    gateway.kill();
                    senders.stop();
                }
            }
            try (Gateway last = Gateway.start(folder, config)) {
                Gateway.await(120, () -> last.drained("archive") && last.drained("out"));
                last.stop();
            }
            return Faults.everywhere(folder, senders, receiver).put("kills", kills);
        }
    }

    /** Restarts in good order while the supervisor keeps the socket: nobody is refused, nobody is cut off. */
    static JsonObject handover(Path folder, int restarts) throws Exception {
        Files.writeString(folder.resolve("gateway.yaml"), Faults.config(0, FILE, ""));
        List<String> command = List.of(
                "perl", Path.of("bench/faults/keep-socket.pl").toAbsolutePath().toString(),
                "java", "-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-jar", Path.of("target/falco-gateway.jar").toAbsolutePath().toString(), "run", "--config", "gateway.yaml");
        Path log = folder.resolve("log");
        Process supervisor;
        try {
            supervisor = new ProcessBuilder(command).directory(folder.toFile()).redirectError(log.toFile()).start();
        } catch (java.io.IOException noPerl) {
            throw new Faults.Skipped("perl is not installed");
        }
        Runtime.getRuntime().addShutdownHook(new Thread(supervisor::destroyForcibly));
        Senders senders = new Senders();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(supervisor.getInputStream()))) {
            int port = Integer.parseInt(out.readLine());
            senders.start(port, 4);
            for (int i = 0; i <= restarts; i++) {
                String child = out.readLine();
                int before = senders.answered.size();
                Gateway.await(120, () -> senders.answered.size() > before + 300);
                if (i < restarts) {
                    Faults.run("kill", "-TERM", Long.toString(supervisor.pid()));
                } else {
                    senders.stop();
                    Faults.run("kill", "-USR1", Long.toString(supervisor.pid()));
                    supervisor.waitFor();
                }
                if (child == null) {
                    throw new IllegalStateException(Files.readString(log));
                }
            }
        }
        Lines lines = Lines.in(folder);
        JsonObject result = Faults.verdict(senders.answered, lines.numbers, Set.of(), 0)
                .put("restarts", restarts)
                .put("refused", senders.refused.get())
                .put("cut", senders.cut.get())
                .put("twice_in_file", lines.twice);
        return Faults.must(
                result, senders.refused.get() == 0 && senders.cut.get() == 0, "connections were refused or cut off");
    }

    /** No file descriptor is left, then some are again. */
    static JsonObject descriptors(Path folder) throws Exception {
        Senders senders = new Senders();
        List<String> limited = List.of("sh", "-c", "ulimit -n 150; exec \"$@\"", "sh");
        try (Gateway gateway = Gateway.start(folder, Faults.config(0, FILE, ""), limited, Map.of())) {
            senders.start(gateway.port, 4);
            Gateway.await(60, () -> senders.answered.size() > 200);
            List<Socket> hoard = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                hoard.add(new Socket(InetAddress.getLoopbackAddress(), gateway.port));
            }
            int before = senders.answered.size();
            Gateway.await(60, () -> senders.answered.size() > before + 500);
            for (Socket socket : hoard) {
                socket.close();
            }
            int after = senders.answered.size();
            Gateway.await(60, () -> senders.answered.size() > after + 500);
            senders.stop();
            Gateway.await(120, () -> gateway.drained("archive"));
            int code = gateway.stop();
            Lines lines = Lines.in(folder);
            JsonObject result = Faults.verdict(senders.answered, lines.numbers, Set.of(), 0).put("twice_in_file", lines.twice);
            return Faults.must(result, code == 0 && lines.twice == 0 && lines.torn == 0, "exit code " + code);
        }
    }

    /** The clock jumps an hour forth and two back under load. */
    static JsonObject clock(Path folder) throws Exception {
        Path library = null;
        for (String place : List.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu")) {
            Path found = Path.of(place, "faketime", "libfaketimeMT.so.1");
            library = Files.exists(found) ? found : library;
        }
        if (library == null) {
            throw new Faults.Skipped("faketime is not installed");
        }
        Path offset = folder.resolve("clock");
        Files.writeString(offset, "+0\n");
        Map<String, String> environment = Map.of(
                "LD_PRELOAD", library.toString(),
                "FAKETIME_TIMESTAMP_FILE", offset.toString(),
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "FAKETIME_CACHE_DURATION", "1");
        Senders senders = new Senders();
        try (Gateway gateway = Gateway.start(folder, Faults.config(0, FILE, ""), List.of(), environment)) {
            senders.start(gateway.port, 4);
            for (String jump : List.of("+3600\n", "-3600\n", "+0\n")) {
                int before = senders.answered.size();
                Files.writeString(offset, jump);
                Thread.sleep(1500);
                Gateway.await(60, () -> senders.answered.size() > before + 300);
            }
            senders.stop();
            Gateway.await(120, () -> gateway.drained("archive"));
            int code = gateway.stop();
            Lines lines = Lines.in(folder);
            JsonObject result = Faults.verdict(new HashSet<>(senders.answered), lines.numbers, Set.of(), 0)
                    .put("twice_in_file", lines.twice);
            return Faults.must(result, code == 0 && lines.twice == 0 && lines.torn == 0, "exit code " + code);
        }
    }

    static String http(int port) {
        return "  out: {type: http, url: \"http://127.0.0.1:" + port
                + "/\", timeout: 1s, retry: {min: 10ms, max: 100ms}}\n";
    }

    static int freePort() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
