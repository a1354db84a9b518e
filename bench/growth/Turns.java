import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gateways that differ in one thing, in turn under the same load and in alternating order: a drift of the machine meets each. */
final class Turns {

    private static final int CONNECTIONS = 2;
    private static final int SETTLE_SECONDS = 120;
    /** A full collection of the gateway does not hold the rig so long. */
    private static final double STILL_SECONDS = 0.7;

    /** One turn of one gateway. Immutable. */
    record Turn(double perSecond, double cpuMicros, double foreignPercent) {}

    private final Plan plan;
    private final Map<Target, List<String>> sinks;
    private final Map<Target, List<Turn>> turns = new LinkedHashMap<>();

    /** @param sinks each gateway and its sinks, which are waited for: what an event costs holds their work too */
    Turns(Plan plan, Map<Target, List<String>> sinks) {
        this.plan = plan;
        this.sinks = sinks;
    }

    JsonArray measure() throws Exception {
        for (Target each : sinks.keySet()) {
            Say.doing("warm-up of " + each.name);
            load(each, plan.warmUpSeconds());
            turns.put(each, new ArrayList<>());
        }
        List<Target> order = new ArrayList<>(sinks.keySet());
        for (int round = 0; round < plan.rounds(); round++) {
            for (Target each : order) {
                Say.doing("round " + (round + 1) + ", " + each.name);
                turns.get(each).add(Pulse.steady(STILL_SECONDS, () -> turn(each)));
            }
            Collections.reverse(order);
        }
        JsonArray rows = new JsonArray();
        turns.forEach((each, its) -> rows.add(row(each, its)));
        return rows;
    }

    private Load.Result load(Target gateway, double seconds) throws Exception {
        Load.Result result = Batches.load(gateway, CONNECTIONS, seconds);
        Api.settled(gateway, sinks.get(gateway), SETTLE_SECONDS);
        return result;
    }

    private Turn turn(Target gateway) throws Exception {
        double cpu = Proc.cpuMicros(gateway.pid());
        double own = own();
        double busy = Proc.busyMicros();
        long begin = System.nanoTime();
        Load.Result result = load(gateway, plan.seconds());
        double foreign = Math.max(0, Proc.busyMicros() - busy - (own() - own));
        double wall = (System.nanoTime() - begin) / 1e3 * Runtime.getRuntime().availableProcessors();
        return new Turn(result.perSecond(), (Proc.cpuMicros(gateway.pid()) - cpu) / result.answered(), 100 * foreign / wall);
    }

    private double own() {
        return Proc.cpuMicros(ProcessHandle.current().pid())
                + sinks.keySet().stream().mapToDouble(each -> Proc.cpuMicros(each.pid())).sum();
    }

    /** The median of each figure: a disturbed turn is not the middle one. */
    private static JsonObject row(Target gateway, List<Turn> its) {
        return new JsonObject()
                .put("gateway", gateway.name)
                .put("cpu_us_per_event", Round.to(1, median(its.stream().map(Turn::cpuMicros).toList())))
                .put("lowest", Round.to(1, its.stream().mapToDouble(Turn::cpuMicros).min().orElse(0)))
                .put("highest", Round.to(1, its.stream().mapToDouble(Turn::cpuMicros).max().orElse(0)))
                .put("events_per_s", Round.to(0, median(its.stream().map(Turn::perSecond).toList())))
                .put("rss_mib", Proc.rssMib(gateway.pid()))
                .put("foreign_cpu_percent", Round.to(1, median(its.stream().map(Turn::foreignPercent).toList())));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
