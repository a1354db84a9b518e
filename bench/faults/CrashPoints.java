import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The process ends at named places of the code, under load, one after the other on the same data. */
final class CrashPoints {

    private static final Path TABLE = Path.of("bench/faults/crash-points.txt");
    private static final int CRASHED = 86;

    /** One line of the table. */
    record Point(String name, String type, String method, String where, String call) {

        /** Retention comes round once a minute. */
        boolean isSlow() {
            return type.endsWith(".Retention");
        }

        String agent() {
            String full = type.startsWith("org.") ? type : "io.github.falcogateway." + type;
            return String.join(",", full, method, where, call);
        }
    }

    private CrashPoints() {}

    /** @param all also the points that come round once a minute only */
    static JsonObject run(Path folder, boolean all) throws Exception {
        Path agent = Path.of(System.getProperty("crash.agent", "none"));
        if (!Files.exists(agent)) {
            throw new Faults.Skipped("Byte Buddy cannot be had here");
        }
        Senders senders = new Senders();
        JsonArray crashed = new JsonArray();
        try (FaultyReceiver receiver = new FaultyReceiver()) {
            String sinks = "  archive: {type: file, path: events.ndjson, rotate: {size: 20KiB, keep: 10000, compress: true}}\n"
                    + Processes.http(receiver.port());
            String config = Faults.config(Processes.freePort(), sinks, ", segment: {size: 64KiB, age: 1d}, keep: {for: 1s}");
            for (Point point : table()) {
                if (all || !point.isSlow()) {
                    crash(folder, config, agent, point, senders);
                    crashed.add(point.name());
                }
            }
            int code;
            try (Gateway last = Gateway.start(folder, config)) {
                Gateway.await(120, () -> last.drained("archive") && last.drained("out"));
                code = last.stop();
            }
            JsonObject result = Faults.everywhere(folder, senders, receiver).put("points", crashed);
            return Faults.must(result, code == 0, "exit code " + code);
        }
    }

    private static void crash(Path folder, String config, Path agent, Point point, Senders senders) throws Exception {
        Map<String, String> environment = Map.of("JDK_JAVA_OPTIONS", "-javaagent:" + agent + "=" + point.agent());
        try (Gateway gateway = Gateway.launch(folder, config, List.of(), environment)) {
            Gateway.await(60, () -> gateway.ready() || !gateway.process.isAlive());
            if (gateway.process.isAlive()) {
                senders.start(gateway.port, 8);
            }
            try {
                Gateway.await(point.isSlow() ? 150 : 60, () -> !gateway.process.isAlive());
            } catch (IllegalStateException never) {
                throw new IllegalStateException(point.name() + " was not reached");
            } finally {
                senders.stop();
            }
            int code = gateway.process.exitValue();
            if (code != CRASHED) {
                throw new IllegalStateException(point.name() + ": exit code " + code + ": " + gateway.text());
            }
        }
    }

    private static List<Point> table() throws IOException {
        List<Point> points = new ArrayList<>();
        for (String line : Files.readAllLines(TABLE)) {
            if (!line.startsWith("#")) {
                String[] words = line.trim().split(" +");
                points.add(new Point(words[0], words[1], words[2], words[3], words[4]));
            }
        }
        return points;
    }
}
