import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Measures the gateway, a bare server and, where its binary is given, Falcosidekick in one run. See bench/README.md. */
public final class Compare {

    private Compare() {}

    public static void main(String[] args) throws Exception {
        Options options = Options.of(args);
        Path work = Files.createTempDirectory("falco-gateway-compare");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(work)));
        Servers servers = new Servers(work, Path.of("target/falco-gateway.jar").toAbsolutePath(),
                options.jdks().get(0), options.falcosidekick(), new Events());
        JsonObject run = new JsonObject()
                .put("date", LocalDate.now().toString())
                .put("machine", machine(work))
                .put("options", new JsonObject().put("seconds", options.seconds()).put("short", options.small())
                        .put("rounds", options.rounds()).put("warm_up_seconds", options.warmUpSeconds()))
                .put("event_bytes", Math.round(servers.events().averageBytes()))
                .put("failed", new JsonObject())
                .put("load_average_before", Proc.loadAverage());
        measure(options, servers, run);
        run.put("load_average_after", Proc.loadAverage());
        run.put("goals", Goals.of(run));
        String page = Report.of(run);
        System.err.println(page);
        System.out.println(run.encode());
        keep(options, run, page);
        System.exit(lost(run) > 0 || !run.getJsonObject("failed").isEmpty() ? 1 : 0);
    }

    private static void measure(Options options, Servers servers, JsonObject run) throws Exception {
        if (!options.only().equals(Set.of("start"))) {
            load(options, servers, run);
        }
        Section.put(options::has, run, "start", new Starts(options, servers)::all);
    }

    /** Everything that the running servers are asked. */
    private static void load(Options options, Servers servers, JsonObject run) throws Exception {
        List<Target> targets = new ArrayList<>(List.of(servers.bare(), servers.gateway("gateway", "")));
        if (options.falcosidekick() != null) {
            targets.add(servers.peer());
        }
        Throughput throughput = new Throughput(options, targets);
        Bulk bulk = new Bulk(options, servers, targets.get(1), targets);
        throughput.warmUp();
        Section.put(options::has, run, "closed", throughput::closed);
        Section.put(options::has, run, "open", throughput::open);
        Section.put(options::has, run, "alone", bulk::alone);
        Section.put(options::has, run, "batch", bulk::batch);
        Section.put(options::has, run, "drain", bulk::drain);
        Section.put(options::has, run, "import", bulk::imported);
        Section.put(options::has, run, "stop", () -> stops(options, targets));
        for (Target target : targets) {
            target.close();
        }
    }

    private static JsonArray stops(Options options, List<Target> targets) throws Exception {
        JsonArray result = new JsonArray();
        for (Target target : targets) {
            if (target.receiver != null) {
                result.add(Stop.of(target, options.seconds() / 2.0));
            }
        }
        return result;
    }

    static JsonObject machine(Path work) throws Exception {
        List<String> cpu = Files.readAllLines(Path.of("/proc/cpuinfo"));
        String memory = Files.readAllLines(Path.of("/proc/meminfo")).get(0).replaceAll("\\D", "");
        return new JsonObject()
                .put("cores", Runtime.getRuntime().availableProcessors())
                .put("cpu", cpu.stream().filter(line -> line.startsWith("model name")).findFirst().orElse(": unknown").replaceAll(".*: ", ""))
                .put("memory", Long.parseLong(memory) / 1024 / 1024 + " GiB")
                .put("kernel", Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip())
                .put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"))
                .put("file_system", Files.getFileStore(work).type());
    }

    /** Only a full run with everything in it is a result. */
    private static void keep(Options options, JsonObject run, String page) throws Exception {
        boolean whole = !options.small() && options.only().equals(new TreeSet<>(Options.SECTIONS));
        Path out = options.out() == null && whole ? Path.of("bench/results") : options.out();
        if (out != null) {
            Files.createDirectories(out);
            Files.writeString(out.resolve(run.getString("date") + "-compare.json"), run.encodePrettily() + "\n");
            Files.writeString(out.resolve(run.getString("date") + "-compare.md"), page);
        }
    }

    /** Answered events that the gateway has not delivered, in any section. */
    private static long lost(JsonObject run) {
        List<JsonObject> measured = new ArrayList<>();
        JsonObject nothing = new JsonObject();
        measured.add(run.getJsonObject("closed", nothing).getJsonObject("gateway", nothing));
        for (Object rate : run.getJsonArray("open", new JsonArray())) {
            measured.add(((JsonObject) rate).getJsonObject("gateway"));
        }
        measured.add(run.getJsonObject("batch", nothing).getJsonObject("sinks_running", nothing));
        measured.add(run.getJsonObject("drain", nothing));
        measured.add(run.getJsonObject("import", nothing));
        for (Object stop : run.getJsonArray("stop", new JsonArray())) {
            measured.add(((JsonObject) stop).getString("server").equals("gateway") ? (JsonObject) stop : nothing);
        }
        return measured.stream().mapToLong(one -> one.getLong("lost", 0L)).sum();
    }

    static void delete(Path work) {
        try {
            Starts.delete(work);
        } catch (Exception left) {
            System.err.println("left behind: " + work);
        }
    }
}
