import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an event costs as routes, hosts, groups, stored events and streams grow. See bench/README.md. */
public final class Growth {

    private static final String GROUPED =
            """
            sinks: {chat: {type: discord, url: "http://127.0.0.1:%d/api/webhooks/1/token"}}
            routes: [routes.yaml]
            default: []
            journal: {keep: {for: 3650d, size: 60GiB}}
            """;
    private static final String GROUP =
            "- {route: all, condition: 'priority >= Debug', to: [chat], group: {by: [host, rule], wait: 10s, interval: 5m, max_groups: 200000}}\n";

    private final Plan plan;
    private final Gateways gateways;

    private Growth(Plan plan, Gateways gateways) {
        this.plan = plan;
        this.gateways = gateways;
    }

    public static void main(String[] args) throws Exception {
        Plan plan = Plan.of(args);
        Path work = Files.createTempDirectory("falco-gateway-growth");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Compare.delete(work)));
        Pulse.start();
        Growth growth = new Growth(plan, new Gateways(work, plan.jar()));
        JsonObject run = new JsonObject()
                .put("date", LocalDate.now().toString())
                .put("machine", Compare.machine(work))
                .put("options", new JsonObject().put("short", plan.small()).put("seconds", plan.seconds()).put("rounds", plan.rounds())
                        .put("warm_up_seconds", plan.warmUpSeconds()).put("many", plan.many()))
                .put("failed", new JsonObject())
                .put("load_average_before", Proc.loadAverage());
        Section.put(plan::has, run, "routes", growth::routes);
        Section.put(plan::has, run, "hosts", growth::hosts);
        Section.put(plan::has, run, "groups", growth::groups);
        Section.put(plan::has, run, "stored", new Stored(plan, growth.gateways)::measure);
        Section.put(plan::has, run, "streams", new Watched(plan, growth.gateways)::measure);
        run.put("load_average_after", Proc.loadAverage()).put("goals", Wanted.of(run));
        String page = Wanted.page(run);
        System.err.println(page);
        System.out.println(run.encode());
        if (plan.out() != null) {
            Files.createDirectories(plan.out());
            Files.writeString(plan.out().resolve(run.getString("date") + "-growth.json"), run.encodePrettily() + "\n");
            Files.writeString(plan.out().resolve(run.getString("date") + "-growth.md"), page);
        }
        System.exit(run.getJsonObject("failed").isEmpty() ? 0 : 1);
    }

    private JsonArray routes() throws Exception {
        Map<String, Gateways.Setup> setups = new LinkedHashMap<>();
        for (int count : List.of(1, 1000)) {
            String config = Gateways.PLAIN.replace("routes: []", "routes: [routes.yaml]");
            setups.put(count == 1 ? "1 route" : count + " routes", new Gateways.Setup(config, Map.of("routes.yaml", Tables.routes(count)), new Events(40)));
        }
        return turns(setups, Gateways.METRICS);
    }

    private JsonArray hosts() throws Exception {
        int many = plan.many();
        Map<String, String> table = Map.of("hosts.yaml", Tables.hosts(many));
        String byAddress = "host: {order: [hosts, claimed]}\n" + Gateways.PLAIN;
        Map<String, Gateways.Setup> setups = new LinkedHashMap<>();
        setups.put("1 host", new Gateways.Setup(Gateways.PLAIN, 1));
        setups.put(many + " hosts", new Gateways.Setup(Gateways.PLAIN, many));
        setups.put(many + " hosts, as many lines of the host table", new Gateways.Setup(Gateways.PLAIN, table, new Events(many)));
        setups.put(many + " hosts, the table asked by address first", new Gateways.Setup(byAddress, table, new Events(many)));
        return turns(setups, Gateways.METRICS);
    }

    /** Eight rules on one host, and on so many that there are as many groups as "many". An odd number of hosts meets every rule. */
    private JsonArray groups() throws Exception {
        try (Receiver chat = new Receiver()) {
            Map<String, Gateways.Setup> setups = new LinkedHashMap<>();
            for (int hosts : List.of(1, plan.many() / 8 | 1)) {
                setups.put(hosts * 8 + " groups", new Gateways.Setup(GROUPED.formatted(chat.port()), Map.of("routes.yaml", GROUP), new Events(hosts)));
            }
            return turns(setups, List.of("chat"));
        }
    }

    private JsonArray turns(Map<String, Gateways.Setup> setups, List<String> sinks) throws Exception {
        Map<Target, List<String>> started = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Gateways.Setup> one : setups.entrySet()) {
                started.put(gateways.start(one.getKey(), one.getValue()), sinks);
            }
            JsonArray rows = new Turns(plan, started).measure();
            for (Target each : started.keySet()) {
                Gateways.stop(each);
            }
            return rows;
        } finally {
            for (Target each : started.keySet()) {
                each.close();
                Compare.delete(each.folder);
            }
        }
    }
}
