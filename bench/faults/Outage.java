import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a sink that is down costs: of two gateways that are alike one has lost its receiver; both are loaded in turn, in
 * alternating order, so that whatever drifts on the machine meets both.
 */
final class Outage implements AutoCloseable {

    private static final int CONNECTIONS = 64;
    private static final List<String> FLAGS = List.of(
            "-Xmx256m",
            "-XX:+UseParallelGC",
            "-XX:ParallelGCThreads=2",
            "-XX:-UseGCOverheadLimit",
            "-XX:-UsePSAdaptiveSurvivorSizePolicy");
    private static final List<String> OTHERS = List.of("archive", "metrics");
    /** Below this number of events the figures say little: only what is lost decides then. */
    private static final int FULL = 1_000_000;

    private static final double LEAST_RATIO = 0.9;
    private static final double MOST_MIB = 32;
    private static final double LEAST_DRAIN = 5000;

    private final Path folder;
    private final int wanted;
    private final Events events = new Events();
    private final Target up;
    private final Target down;

    private Outage(Path folder, int wanted) throws Exception {
        this.folder = folder;
        this.wanted = wanted;
        up = gateway("up");
        down = gateway("down");
    }

    /** A sink is down while so many events come. */
    static JsonObject run(Path folder, int events) throws Exception {
        try (Outage outage = new Outage(folder, events)) {
            return outage.run();
        }
    }

    private JsonObject run() throws Exception {
        boolean full = wanted >= FULL;
        for (Target target : List.of(up, down)) {
            Load.closed(target, CONNECTIONS, full ? 12 : 2);
            settle(target);
        }
        down.receiver.leave();
        JsonObject result = new JsonObject().put("verdict", "ok");
        try (Memory memory = new Memory(down.pid())) {
            result.mergeIn(rates(full ? 2.5 : 0.5)).put("rss_mib", memory.json());
            double off = memory.off();
            result.mergeIn(drained()).put("rss_mib_drained", Proc.rssMib(down.pid()));
            if (full) {
                goal(result, result.getDouble("ratio") >= LEAST_RATIO, "ingest is slower than " + LEAST_RATIO);
                goal(result, off <= MOST_MIB, "memory moved by " + off + " MiB");
                goal(result, result.getLong("drained_per_s") >= LEAST_DRAIN, "the backlog went at less than " + LEAST_DRAIN);
            }
        }
        down.stop(60);
        return identity(result);
    }

    /** The load: how fast each took events, the one with its sink up and the one without. */
    private JsonObject rates(double seconds) throws Exception {
        List<Double> withSink = new ArrayList<>();
        List<Double> without = new ArrayList<>();
        List<Target> order = new ArrayList<>(List.of(up, down));
        long taken = 0;
        while (taken < wanted) {
            for (Target target : order) {
                Load.Result load = Load.closed(target, CONNECTIONS, seconds);
                if (load.refused() > 0 || load.cut() > 0) {
                    throw new IllegalStateException(load.refused() + " events were refused, " + load.cut() + " cut off");
                }
                (target == up ? withSink : without).add(load.perSecond());
                taken += target == down ? load.answered() : 0;
                settle(target);
            }
            Collections.reverse(order);
        }
        long behind = down.missing();
        if (behind < taken) {
            throw new IllegalStateException(taken - behind + " events arrived where nobody listens");
        }
        return new JsonObject()
                .put("backlog", behind)
                .put("up_events_per_s", Math.round(mean(withSink)))
                .put("down_events_per_s", Math.round(mean(without)))
                .put("ratio", Round.to(3, mean(without) / mean(withSink)))
                .put("rounds_up", rounded(withSink))
                .put("rounds_down", rounded(without))
                .put("state", state());
    }

    /** The receiver is there again: how long until it has everything, what the sink still waits before it tries included. */
    private JsonObject drained() throws Exception {
        long behind = down.missing();
        down.receiver.comeBack();
        double seconds = down.drain(120) / 1e3;
        return new JsonObject()
                .put("drain_seconds", Round.to(1, seconds))
                .put("drained_per_s", Math.round((behind - down.missing()) / seconds));
    }

    /** Each answered event is at the receiver and once in the file. */
    private JsonObject identity(JsonObject result) throws IOException {
        long lost = down.missing();
        BitSet inFile = new BitSet();
        long twice = 0;
        long torn = 0;
        try (Stream<Path> files = Files.list(down.folder)) {
            for (Path file : files.filter(one -> one.getFileName().toString().startsWith("events")).toList()) {
                try (BufferedReader lines = Files.newBufferedReader(file)) {
                    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                        int mark = line.indexOf("evtnum=");
                        if (mark < 0 || !line.endsWith("}")) {
                            torn++;
                            continue;
                        }
                        int number = Integer.parseInt(line.substring(mark + 7, mark + 7 + Events.DIGITS));
                        twice += inFile.get(number) ? 1 : 0;
                        inFile.set(number);
                    }
                }
            }
        }
        long notInFile = down.missing(inFile);
        result.put("lost", lost).put("lost_in_file", notInFile).put("twice_in_file", twice).put("torn", torn);
        return Faults.must(result, lost == 0 && notInFile == 0 && twice == 0 && torn == 0, "not each event came once");
    }

    private static void goal(JsonObject result, boolean met, String otherwise) {
        Faults.must(result, met, otherwise);
    }

    private String state() throws Exception {
        return Api.state(down, "receiver");
    }

    /** What a sink still has to do is not to weigh on the other gateway's turn. */
    private void settle(Target target) throws Exception {
        if (target.receiver.isThere()) {
            target.drain(60);
        }
        Api.settled(target, OTHERS, 60);
    }

    private Target gateway(String name) throws Exception {
        Receiver receiver = new Receiver();
        Path its = Files.createDirectories(folder.resolve(name));
        int port = Target.freePort();
        String sinks = "  archive: {type: file, path: events.ndjson, rotate: {size: 512MiB, keep: 100, compress: false}}\n"
                + "  metrics: {type: prometheus}\n"
                + "  receiver: {type: http, url: \"http://127.0.0.1:" + receiver.port()
                + "/\", batch: 500, gzip: false, durable: false}\n";
        Files.writeString(its.resolve("gateway.yaml"), Faults.config(port, sinks, ""));
        List<String> command = new ArrayList<>(List.of("java"));
        command.addAll(FLAGS);
        command.addAll(List.of(
                "-jar", Path.of("target/falco-gateway.jar").toAbsolutePath().toString(), "run", "--config", "gateway.yaml"));
        return new Target(name, its, command, java.util.Map.of(), events, receiver).start(port);
    }

    private static double mean(List<Double> rates) {
        return rates.stream().mapToDouble(rate -> rate).average().orElseThrow();
    }

    private static JsonArray rounded(List<Double> rates) {
        return new JsonArray(rates.stream().map(rate -> (Object) Math.round(rate)).toList());
    }

    @Override
    public void close() throws Exception {
        up.close();
        down.close();
        up.receiver.close();
        down.receiver.close();
    }
}
