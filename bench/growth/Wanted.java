import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The goals of growth beside what a run reached, and the run as a page. */
final class Wanted {

    private static final List<String> TURNS =
            List.of("gateway", "cpu_us_per_event", "lowest", "highest", "events_per_s", "rss_mib", "foreign_cpu_percent");
    /** What "does not grow" allows: two turns of one gateway differ by as much on a shared machine. */
    private static final double ALIKE = 1.25;

    private Wanted() {}

    static JsonArray of(JsonObject run) {
        Goals goals = new Goals();
        JsonArray routes = run.getJsonArray("routes");
        if (routes != null) {
            goals.atMost("1,000 routes: CPU more an event than with one", 20, cpu(routes, 1) - cpu(routes, 0), " µs");
        }
        for (String section : List.of("hosts", "groups")) {
            JsonArray rows = run.getJsonArray(section, new JsonArray());
            for (int i = 1; i < rows.size(); i++) {
                String few = rows.getJsonObject(0).getString("gateway");
                goals.atMost(rows.getJsonObject(i).getString("gateway") + ": CPU an event, of that with " + few, ALIKE, cpu(rows, i) / cpu(rows, 0), "");
            }
        }
        if (run.getJsonObject("stored") != null) {
            stored(run.getJsonObject("stored"), goals);
        }
        JsonArray streams = run.getJsonArray("streams", new JsonArray());
        for (int i = 1; i < streams.size(); i++) {
            JsonObject row = streams.getJsonObject(i);
            String what = Goals.number(row.getInteger("streams")) + " streams at 1,000 events/s, " + row.getString("each_wants") + ": ";
            goals.atMost(what + "cores of the gateway", 1, row.getDouble("gateway_cores"), "");
            goals.atMost(what + "incomplete or cut off", 0, row.getInteger("incomplete") + row.getInteger("cut_off"), "");
        }
        return goals.all();
    }

    private static void stored(JsonObject stored, Goals goals) {
        String at = Goals.number(stored.getLong("stored")) + " stored events: ";
        JsonArray ingest = stored.getJsonArray("ingest");
        double empty = ingest.getJsonObject(0).getDouble("events_per_s");
        goals.atLeast(at + "ingest, of an empty store's", 0.9, ingest.getJsonObject(1).getDouble("events_per_s") / empty, "");
        for (Object one : stored.getJsonArray("questions")) {
            JsonObject row = (JsonObject) one;
            String question = row.getString("question");
            boolean counts = question.startsWith("summary") || question.startsWith("histogram") || question.equals("hosts");
            goals.atMost(at + question + ", p99", counts ? 1000 : 300, row.getDouble("p99_ms"), " ms");
        }
    }

    private static double cpu(JsonArray rows, int index) {
        return rows.getJsonObject(index).getDouble("cpu_us_per_event");
    }

    static String page(JsonObject run) {
        JsonObject machine = run.getJsonObject("machine");
        JsonObject options = run.getJsonObject("options");
        StringBuilder text = new StringBuilder("# bench/growth, " + run.getString("date") + "\n\n");
        text.append(String.format(
                "%d cores (%s), %s, Linux %s, %s, journal on %s. The sender shares the cores. Load average before: %s, after: %s.%n"
                        + "Gateways with `%s`; NDJSON of 1,000 events of 0.9 KB over two connections, medians of %d turns of %d s each in"
                        + " alternating order after %d s of warm-up.%n",
                machine.getInteger("cores"), machine.getString("cpu"), machine.getString("memory"), machine.getString("kernel"),
                machine.getString("java"), machine.getString("file_system"), run.getString("load_average_before"),
                run.getString("load_average_after"), String.join(" ", Servers.FLAGS),
                options.getInteger("rounds"), options.getInteger("seconds"), options.getInteger("warm_up_seconds")));
        for (String section : List.of("routes", "hosts", "groups")) {
            table(text, section, run.getJsonArray(section), TURNS);
        }
        JsonObject stored = run.getJsonObject("stored");
        if (stored != null) {
            table(text, "stored events", stored.getJsonArray("ingest"), TURNS);
            text.append(String.format("%n%s events, filled in %s s, %s GiB of disk; start to ready %s s, with an empty store %s s.%n",
                    Goals.number(stored.getLong("stored")), stored.getDouble("filled_s"), stored.getDouble("disk_gib"),
                    stored.getDouble("restart_s"), stored.getDouble("restart_empty_s")));
            table(text, "the page's API", stored.getJsonArray("questions"), List.of("question", "first_ms", "p50_ms", "p99_ms", "cpu_ms"));
        }
        table(text, "streams", run.getJsonArray("streams"),
                List.of("streams", "each_wants", "events_per_s", "delivered", "incomplete", "cut_off", "gateway_cores", "rig_cores", "answer_p99_ms"));
        if (!run.getJsonObject("failed").isEmpty()) {
            text.append("\nFailed: `").append(run.getJsonObject("failed").encode()).append("`\n");
        }
        text.append("\n## goals\n\n");
        if (options.getBoolean("short")) {
            text.append("The short form shows that all of it works; its times are those of a cold JVM.\n\n");
        }
        Report.goals(run.getJsonArray("goals"), text);
        return text.toString();
    }

    private static void table(StringBuilder text, String title, JsonArray rows, List<String> keys) {
        if (rows != null) {
            text.append("\n## ").append(title).append("\n\n");
            Report.rows(rows, keys, text);
        }
    }
}
