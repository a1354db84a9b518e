import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;

/** A gateway that has stored many events: how it starts, what the page's API takes, and its ingest beside an empty one's. */
final class Stored {

    private static final int HOSTS = 200;
    private static final int FILL_CONNECTIONS = 4;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Plan plan;
    private final Gateways gateways;
    private final Random random = new Random(11);

    Stored(Plan plan, Gateways gateways) {
        this.plan = plan;
        this.gateways = gateways;
    }

    JsonObject measure() throws Exception {
        Gateways.Setup setup = new Gateways.Setup(Gateways.PLAIN, HOSTS);
        JsonObject result = new JsonObject();
        Path folder = plan.data() == null ? gateways.work().resolve("stored") : plan.data();
        Target full = gateways.start("stored", Files.createDirectories(folder), setup);
        try (full) {
            long begin = System.nanoTime();
            long before = stored(full);
            result.put("stored", before);
            for (long sent = 0; before + sent < plan.stored(); ) {
                double left = (plan.stored() - before - sent) / (sent == 0 ? 100_000.0 : sent / seconds(begin));
                sent += Batches.load(full, FILL_CONNECTIONS, Math.max(0.2, Math.min(30, left))).answered();
                Say.doing(before + sent + " events stored");
                result.put("stored", before + sent);
            }
            result.put("filled_s", Round.to(1, seconds(begin)));
            Api.settled(full, Gateways.METRICS, 120);
            result.put("disk_gib", Round.to(2, Api.journalBytes(full) / 1024.0 / 1024 / 1024));
            result.put("restart_s", Pulse.steady(0.3, () -> restart(full)));
            result.put("questions", questions(full, result.getLong("stored")));
            try (Target empty = gateways.start("empty", setup)) {
                result.put("restart_empty_s", Pulse.steady(0.3, () -> restart(empty)));
                Map<Target, List<String>> both = new LinkedHashMap<>();
                both.put(empty, Gateways.METRICS);
                both.put(full, Gateways.METRICS);
                result.put("ingest", new Turns(plan, both).measure());
                Gateways.stop(empty);
            }
            Gateways.stop(full);
        }
        return result;
    }

    /** How many it has from a run before. */
    private static long stored(Target gateway) throws Exception {
        return new JsonObject(get(gateway, "/api/summary?by=source").body()).getLong("total");
    }

    /** From the start of the process to ready. */
    private static double restart(Target gateway) throws Exception {
        gateway.stop(60);
        long begin = System.nanoTime();
        gateway.start(gateway.port());
        while (get(gateway, "/readyz").statusCode() != 200) {
            Thread.sleep(10);
        }
        return Round.to(2, seconds(begin));
    }

    /** What the page asks; the first answers after the start count too. */
    private JsonArray questions(Target gateway, long stored) throws Exception {
        Map<String, IntFunction<String>> all = new LinkedHashMap<>();
        all.put("newest page", i -> "/api/events?limit=100");
        all.put("a page far back", i -> "/api/events?limit=100&before=" + (1 + random.nextLong(stored)));
        all.put("event by id", i -> "/api/events/" + (1 + random.nextLong(stored)));
        all.put("page by rule, host, priority, time", i -> {
            int day = 1 + random.nextInt(28);
            return "/api/events?limit=100&since=" + day(day) + "&until=" + day(day + 2) + "&filter="
                    + encoded("rule = \"Write below binary dir\" and host = " + Events.host(random.nextInt(HOSTS)) + " and priority >= Error");
        });
        all.put("page of a host in all events", i -> "/api/events?limit=100&filter=" + encoded("host = " + Events.host(random.nextInt(HOSTS)) + " and priority = Critical"));
        all.put("summary by rule", i -> "/api/summary?by=rule");
        all.put("summary by rule, trend", i -> "/api/summary?by=rule&trend=24");
        all.put("summary by host, filtered", i -> "/api/summary?by=host&filter=" + encoded("priority >= Warning"));
        all.put("histogram by hour", i -> "/api/histogram?step=1h");
        all.put("hosts", i -> "/api/hosts");
        JsonArray rows = new JsonArray();
        for (Map.Entry<String, IntFunction<String>> one : all.entrySet()) {
            rows.add(Pulse.steady(0.3, () -> ask(gateway, one.getKey(), one.getValue())));
        }
        return rows;
    }

    private JsonObject ask(Target gateway, String name, IntFunction<String> path) throws Exception {
        int times = plan.small() ? 3 : name.contains("page") || name.contains("event") ? 40 : 12;
        Say.doing("asking " + times + " times: " + name);
        Latencies latencies = new Latencies();
        double first = 0;
        double cpu = Proc.cpuMicros(gateway.pid());
        for (int i = 0; i < times; i++) {
            String asked = path.apply(i);
            long begin = System.nanoTime();
            HttpResponse<String> answer = get(gateway, asked);
            long took = System.nanoTime() - begin;
            latencies.record(took);
            first = i == 0 ? took / 1e6 : first;
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(asked + " answered " + answer.statusCode() + " " + answer.body());
            }
        }
        return new JsonObject()
                .put("question", name)
                .put("first_ms", Round.to(1, first))
                .mergeIn(latencies.json())
                .put("cpu_ms", Round.to(1, (Proc.cpuMicros(gateway.pid()) - cpu) / 1000 / times));
    }

    private static HttpResponse<String> get(Target gateway, String path) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String day(int day) {
        return String.format("2026-05-%02dT00:00:00Z", day);
    }

    private static String encoded(String filter) {
        return URLEncoder.encode(filter, StandardCharsets.UTF_8);
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
