import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All servers in turn, in alternating order so that a drift of the machine meets each: closed loop, then open loop. */
final class Throughput {

    static final int CONNECTIONS = 64;
    /** In the open loop so many Falcos wait for their answers at a time; more would be late by the sender's own fault. */
    static final int OPEN_CONNECTIONS = 256;

    static final int GOAL_RATE = 8000;
    private static final int GOAL_SECONDS = 60;

    private final Options options;
    private final List<Target> targets;

    Throughput(Options options, List<Target> targets) {
        this.options = options;
        this.targets = targets;
    }

    void warmUp() throws Exception {
        for (Target target : targets) {
            Say.doing("warm-up of " + target.name);
            Load.closed(target, CONNECTIONS, options.warmUpSeconds());
            target.drain(60);
        }
    }

    /** Per server the median round and how far rounds lie apart. */
    JsonObject closed() throws Exception {
        List<Measure> all = new ArrayList<>();
        List<Target> order = new ArrayList<>(targets);
        for (int round = 0; round < options.rounds(); round++) {
            for (Target target : order) {
                Say.doing("closed loop, " + target.name);
                all.add(Measure.of(target, targets, () -> Load.closed(target, CONNECTIONS, options.seconds())));
            }
            Collections.reverse(order);
        }
        Map<String, List<Measure>> each = all.stream().collect(Collectors.groupingBy(Measure::server));
        JsonObject result = new JsonObject().put("connections", CONNECTIONS);
        each.forEach((name, rounds) -> result.put(name, median(rounds).json()
                .put("rounds_events_per_s", new JsonArray(rounds.stream().map(one -> (Object) Round.to(0, one.load().perSecond())).toList()))));
        return result.put("ratios", ratios(result, "events_per_s", "delivered_per_s", "cpu_us_per_event", "p99_ms"));
    }

    JsonArray open() throws Exception {
        JsonArray result = new JsonArray();
        List<Target> order = new ArrayList<>(targets);
        for (int rate : options.rates()) {
            JsonObject one = new JsonObject().put("rate", rate).put("connections", OPEN_CONNECTIONS);
            for (Target target : order) {
                boolean goal = rate == GOAL_RATE && target.name.equals("gateway") && !options.small();
                double seconds = goal ? Math.max(GOAL_SECONDS, options.seconds()) : options.seconds();
                Say.doing("open loop at " + rate + "/s, " + target.name);
                one.put(target.name, Measure.of(target, targets, () -> Load.open(target, OPEN_CONNECTIONS, rate, seconds)).json());
            }
            result.add(one.put("ratios", ratios(one, "cpu_us_per_event", "p99_ms", "p99_9_ms")));
            Collections.reverse(order);
        }
        return result;
    }

    private static Measure median(List<Measure> rounds) {
        return rounds.stream()
                .sorted(Comparator.comparingDouble(one -> one.load().perSecond()))
                .toList()
                .get(rounds.size() / 2);
    }

    /** The gateway's value divided by each other server's. */
    private static JsonObject ratios(JsonObject servers, String... what) {
        JsonObject result = new JsonObject();
        for (String other : List.of("bare", "falcosidekick")) {
            if (servers.containsKey(other)) {
                JsonObject ratio = new JsonObject();
                for (String value : what) {
                    Double theirs = servers.getJsonObject(other).getDouble(value);
                    if (theirs != null) {
                        ratio.put(value, Round.to(3, servers.getJsonObject("gateway").getDouble(value) / theirs));
                    }
                }
                result.put("gateway_to_" + other, ratio);
            }
        }
        return result;
    }
}
