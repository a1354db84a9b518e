import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;

/** One load on one server with everything around it: CPU, memory, disk, what arrived at the receiver. Immutable. */
record Measure(String server, Load.Result load, double cpuMicros, double rssMib, double foreignPercent,
        long delivered, long lost, double drainMs, double settledSeconds, long fullCollections, long diskBytes) {

    static final List<String> PIPELINE = List.of("archive", "metrics");
    private static final int DRAIN_SECONDS = 30;

    /** @param all every server that runs, so that their CPU is not taken for somebody else's */
    static Measure of(Target target, List<Target> all, Callable<Load.Result> load) throws Exception {
        return of(target, all, load, true);
    }

    /** Of the load alone: what sinks have to deliver of it is not waited for. */
    static Measure ofLoad(Target target, List<Target> all, Callable<Load.Result> load) throws Exception {
        return of(target, all, load, false);
    }

    private static Measure of(Target target, List<Target> all, Callable<Load.Result> load, boolean wait) throws Exception {
        boolean gateway = wait && target.name.startsWith("gateway");
        double cpu = Proc.cpuMicros(target.pid());
        double own = own(all);
        double busy = Proc.busyMicros();
        long collections = Api.fullCollections(target);
        long disk = Api.journalBytes(target);
        long distinct = target.receiver == null ? 0 : target.receiver.distinct();
        long begin = System.nanoTime();
        Load.Result result = load.call();
        double foreign = Math.max(0, Proc.busyMicros() - busy - (own(all) - own));
        double wall = (System.nanoTime() - begin) / 1e3 * Runtime.getRuntime().availableProcessors();
        double rss = Proc.rssMib(target.pid());
        long since = System.nanoTime();
        double drained = wait ? target.drain(DRAIN_SECONDS) : 0;
        if (gateway) {
            Api.settled(target, PIPELINE, 180);
        }
        return new Measure(target.name, result, Proc.cpuMicros(target.pid()) - cpu, rss, 100 * foreign / wall,
                target.receiver == null ? 0 : target.receiver.distinct() - distinct,
                wait ? target.missing() : 0, drained, (System.nanoTime() - since) / 1e9,
                Api.fullCollections(target) - collections, Api.journalBytes(target) - disk);
    }

    private static double own(List<Target> all) {
        double sum = Proc.cpuMicros(ProcessHandle.current().pid());
        for (Target target : all) {
            sum += Proc.cpuMicros(target.pid());
        }
        return sum;
    }

    /** What came through the whole pipeline, file sink and metrics, as a share of what was taken. */
    double pipelineShare() {
        return load.seconds() / (load.seconds() + settledSeconds);
    }

    /** What reached the receiver, by the time from the load's begin until nothing more came: what a server takes in and puts off is no speed. */
    double deliveredPerSecond() {
        return delivered / (load.seconds() + drainMs / 1000);
    }

    double cpuPerEvent() {
        return cpuMicros / Math.max(1, load.answered());
    }

    JsonObject json() {
        JsonObject json = new JsonObject()
                .put("server", server)
                .put("seconds", Round.to(1, load.seconds()))
                .put("events_per_s", Round.to(0, load.perSecond()))
                .put("answered", load.answered())
                .put("refused", load.refused())
                .put("unanswered", load.cut())
                .put("due_but_not_sent", load.late())
                .mergeIn(load.latencies().json())
                .put("cpu_us_per_event", Round.to(1, cpuPerEvent()))
                .put("rss_mib", rssMib)
                .put("foreign_cpu_percent", Round.to(1, foreignPercent));
        if (!server.equals("bare")) {
            json.put("delivered", delivered).put("lost", lost).put("delivered_after_ms", Round.to(0, drainMs))
                    .put("delivered_per_s", Round.to(0, deliveredPerSecond()));
        }
        if (server.startsWith("gateway")) {
            json.put("pipeline_share", Round.to(3, pipelineShare()))
                    .put("full_collections", fullCollections)
                    .put("disk_bytes_per_event", diskBytes / Math.max(1, load.answered()));
        }
        return json;
    }
}
