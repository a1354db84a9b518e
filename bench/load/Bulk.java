import io.vertx.core.json.JsonObject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The gateway by itself: one sender alone, batches, a backlog, an import, a stop under load. */
final class Bulk {

    private static final int SYNCS = 300;
    private static final int BATCH_CONNECTIONS = 4;
    private static final List<String> ALL = List.of("archive", "metrics", "receiver");

    private final Options options;
    private final Servers servers;
    private final Target gateway;
    private final List<Target> targets;

    Bulk(Options options, Servers servers, Target gateway, List<Target> targets) {
        this.options = options;
        this.servers = servers;
        this.gateway = gateway;
        this.targets = targets;
    }

    /** One connection, with the sync before the answer and with the sync each second, beside the disk's own sync. */
    JsonObject alone() throws Exception {
        Say.doing("one sender alone");
        JsonObject result = new JsonObject().put("disk_sync_p50_ms", Round.to(3, syncMillis()));
        result.put("batch", alone(gateway));
        try (Target interval = servers.gateway("gateway-interval", "journal: {sync: {interval: 1s}}\n")) {
            Load.closed(interval, Throughput.CONNECTIONS, options.warmUpSeconds());
            result.put("interval", alone(interval));
            interval.stop(30);
        }
        return result.put("disk_sync_p50_after_ms", Round.to(3, syncMillis()));
    }

    private JsonObject alone(Target target) throws Exception {
        Load.closed(target, 1, 1);
        Load.Result one = Load.closed(target, 1, options.seconds());
        target.drain(30);
        return new JsonObject().put("events_per_s", Round.to(0, one.perSecond())).mergeIn(one.latencies().json());
    }

    /** Writes as much as an event takes and syncs it, on the disk of the journal. */
    private double syncMillis() throws IOException {
        Latencies latencies = new Latencies();
        Path file = gateway.folder.resolve("sync");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.allocateDirect(1024);
            for (int i = 0; i < SYNCS; i++) {
                bytes.clear();
                long since = System.nanoTime();
                channel.write(bytes);
                channel.force(false);
                latencies.record(System.nanoTime() - since);
            }
        }
        Files.delete(file);
        return latencies.millis(0.5);
    }

    /** NDJSON of 1,000: with every sink paused, which is the way into the journal alone, then with all of them at work. */
    JsonObject batch() throws Exception {
        Say.doing("NDJSON batches");
        Batches.load(gateway, BATCH_CONNECTIONS, options.small() ? 1 : 4);
        settle();
        for (String sink : ALL) {
            Api.pause(gateway, sink);
        }
        Measure in = Measure.ofLoad(gateway, targets, () -> Batches.load(gateway, BATCH_CONNECTIONS, options.seconds()));
        for (String sink : ALL) {
            Api.resume(gateway, sink);
        }
        settle();
        Measure through = Measure.of(gateway, targets, () -> Batches.load(gateway, BATCH_CONNECTIONS, options.seconds()));
        settle();
        JsonObject paused = in.json();
        for (String nothing : List.of("delivered", "lost", "delivered_after_ms", "delivered_per_s", "pipeline_share")) {
            paused.remove(nothing);
        }
        return new JsonObject()
                .put("events_per_request", Batches.EVENTS)
                .put("connections", BATCH_CONNECTIONS)
                .put("sinks_paused", paused)
                .put("sinks_running", through.json());
    }

    /** A backlog of the http sink, taken over single events, and how fast it goes once the sink may. */
    JsonObject drain() throws Exception {
        Say.doing("a backlog and its drain");
        settle();
        Api.pause(gateway, "receiver");
        Load.Result load = Load.closed(gateway, Throughput.CONNECTIONS, options.seconds());
        long backlog = gateway.missing();
        long since = System.nanoTime();
        Api.resume(gateway, "receiver");
        gateway.drain(120);
        double seconds = (System.nanoTime() - since) / 1e9;
        long left = gateway.missing();
        return new JsonObject()
                .put("backlog_events", backlog)
                .put("ingest_per_s", Round.to(0, load.perSecond()))
                .put("drained_per_s", Round.to(0, (backlog - left) / seconds))
                .put("ratio", Round.to(2, (backlog - left) / seconds / load.perSecond()))
                .put("lost", left);
    }

    /** The import command with a file of event lines. */
    JsonObject imported() throws Exception {
        int lines = options.importLines();
        Say.doing("import of " + lines + " lines");
        settle();
        Path file = gateway.folder.resolve("import.ndjson");
        int first = gateway.nextNumbers(lines);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            gateway.events().write(first, lines, out);
        }
        long since = System.nanoTime();
        Process process = new ProcessBuilder(servers.java(Servers.FLAGS, List.of("-jar", servers.jar().toString(), "import",
                        "--to", "http://127.0.0.1:" + gateway.port(), file.toString())))
                .redirectErrorStream(true)
                .redirectOutput(gateway.folder.resolve("import.log").toFile())
                .start();
        int code = process.waitFor();
        double seconds = (System.nanoTime() - since) / 1e9;
        String said = Files.readString(gateway.folder.resolve("import.log")).strip();
        Files.delete(file);
        if (code != 0 || !said.startsWith(lines + " events sent")) {
            throw new IllegalStateException("the import said: " + said);
        }
        gateway.answered(first, lines);
        gateway.drain(120);
        return new JsonObject()
                .put("lines", lines)
                .put("seconds", Round.to(2, seconds))
                .put("events_per_s", Round.to(0, lines / seconds))
                .put("lost", gateway.missing());
    }

    private void settle() throws Exception {
        gateway.drain(120);
        Api.settled(gateway, ALL, 180);
    }
}
