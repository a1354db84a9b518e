import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** System calls of the gateway and of its SQLite that fail or do half, by libfiu between the process and the C library. */
final class SystemCalls {

    private static final Path LIBRARIES = Path.of("/usr/lib/fiu");
    private static final String NO_SPACE = "28";
    private static final String IO_ERROR = "5";
    private static final String SYNC = "posix/io/sync/fdatasync";
    private static final String WRITE = "posix/io/rw/pwrite";
    /** A commit that fails is tried once more on a new file, so that these do not show in the answers alone. */
    private static final Set<String> OF_COMMITS = Set.of(SYNC, WRITE);

    /** What fails, with which error. Writes to sockets are left alone: those a network breaks, which other scenarios do. */
    private static final Map<String, String> POINTS = points();

    private static final Pattern FAILURES =
            Pattern.compile("^falco_gateway_journal_failures_total (\\S+)$", Pattern.MULTILINE);

    private SystemCalls() {}

    private static Map<String, String> points() {
        Map<String, String> points = new LinkedHashMap<>();
        points.put("posix/io/sync/fsync", IO_ERROR);
        points.put(SYNC, IO_ERROR);
        points.put(WRITE, NO_SPACE);
        points.put("posix/io/rw/pwrite/reduce", "0");
        points.put("posix/io/rw/pread", IO_ERROR);
        points.put("posix/io/rw/pread/reduce", "0");
        points.put("posix/io/rw/ftruncate", IO_ERROR);
        points.put("posix/io/oc/open", NO_SPACE);
        points.put("posix/io/dir/rename", IO_ERROR);
        points.put("posix/io/dir/unlink", IO_ERROR);
        return points;
    }

    /** Each kind of call fails now and then under load while the receiver is away and comes back. */
    static JsonObject run(Path folder) throws Exception {
        if (!Files.exists(LIBRARIES.resolve("fiu_posix_preload.so"))) {
            throw new Faults.Skipped("fiu-utils and libfiu0 are not installed");
        }
        Senders senders = new Senders();
        Map<String, String> environment = Map.of(
                "LD_PRELOAD", LIBRARIES.resolve("fiu_run_preload.so") + " " + LIBRARIES.resolve("fiu_posix_preload.so"),
                "FIU_ENABLE", "",
                "FIU_CTRL_FIFO", folder.resolve("fiu").toString());
        JsonObject held = new JsonObject();
        JsonObject failed = new JsonObject();
        try (FaultyReceiver receiver = new FaultyReceiver()) {
            String sinks = "  archive: {type: file, path: events.ndjson, rotate: {size: 100KiB, keep: 10000, compress: true}}\n"
                    + Processes.http(receiver.port());
            String config = Faults.config(0, sinks, ", segment: {size: 64KiB, age: 1d}");
            int code;
            try (Gateway gateway = Gateway.start(folder, config, List.of(), environment)) {
                for (Map.Entry<String, String> point : POINTS.entrySet()) {
                    int heldBefore = senders.inMemory.size();
                    long failedBefore = failures(gateway);
                    receiver.mode = FaultyReceiver.Mode.UNAVAILABLE;
                    senders.start(gateway.port, 4);
                    int before = senders.answered.size();
                    Gateway.await(60, () -> senders.answered.size() > before + 60);
                    tell(folder, gateway, "enable_random name=" + point.getKey() + ",probability=0.1,failinfo=" + point.getValue());
                    int from = senders.answered.size();
                    Gateway.await(60, () -> senders.answered.size() > from + 150);
                    receiver.mode = FaultyReceiver.Mode.OK;
                    int then = senders.answered.size();
                    Gateway.await(60, () -> senders.answered.size() > then + 150);
                    if (OF_COMMITS.contains(point.getKey())) {
                        Gateway.await(60, () -> failures(gateway) > failedBefore);
                    }
                    tell(folder, gateway, "disable name=" + point.getKey());
                    senders.stop();
                    Gateway.await(60, () -> gateway.status("/readyz") == 200);
                    Gateway.await(60, () -> gateway.drained("archive") && gateway.drained("out"));
                    String call = point.getKey().replace("posix/io/", "");
                    held.put(call, senders.inMemory.size() - heldBefore);
                    failed.put(call, failures(gateway) - failedBefore);
                }
                code = gateway.stop();
            }
            // What was written under the faults is read without them.
            try (Gateway again = Gateway.start(folder, config)) {
                senders.send(again.port, 20);
                Gateway.await(60, () -> again.drained("archive") && again.drained("out"));
                code += again.stop();
            }
            Lines lines = Lines.in(folder);
            JsonObject result = Faults.verdict(senders.answered, lines.numbers, Set.of(), 0)
                    .put("commits_failed_by", failed)
                    .put("held_in_memory_by", held)
                    .put("unanswered", senders.cut.get())
                    .put("torn", lines.torn)
                    .put("twice_in_file", lines.twice)
                    .put("twice_over_http", receiver.twice.get());
            Faults.must(result, receiver.taken.containsAll(senders.answered), "not all came over HTTP");
            return Faults.must(result, code == 0 && lines.torn == 0 && lines.twice == 0, "exit codes " + code);
        }
    }

    /** How many commits of the journal have failed. */
    private static long failures(Gateway gateway) {
        try {
            Matcher failures = FAILURES.matcher(gateway.get("/metrics"));
            if (failures.find()) {
                return (long) Double.parseDouble(failures.group(1));
            }
        } catch (Exception failed) {
            throw new IllegalStateException("/metrics: " + failed, failed);
        }
        throw new IllegalStateException("/metrics does not say how many commits failed");
    }

    private static void tell(Path folder, Gateway gateway, String command) throws Exception {
        try {
            Faults.run("timeout", "10", "fiu-ctrl", "-f", folder.resolve("fiu").toString(), "-c", command,
                    Long.toString(gateway.process.pid()));
        } catch (Faults.Skipped failed) {
            throw new IOException("fiu-ctrl did not reach the gateway: " + gateway.text(), failed);
        }
    }
}
