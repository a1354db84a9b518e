import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** The run as a page: tables in Markdown, which a terminal shows as well. */
final class Report {

    private static final Map<String, String> COLUMNS = columns();

    private final StringBuilder text = new StringBuilder();

    private static Map<String, String> columns() {
        Map<String, String> columns = new java.util.LinkedHashMap<>();
        columns.put("events_per_s", "events/s");
        columns.put("answered", "answered");
        columns.put("delivered", "delivered");
        columns.put("lost", "lost");
        columns.put("delivered_per_s", "delivered/s");
        columns.put("p50_ms", "p50 ms");
        columns.put("p99_ms", "p99 ms");
        columns.put("p99_9_ms", "p99.9 ms");
        columns.put("cpu_us_per_event", "CPU µs/event");
        columns.put("rss_mib", "RSS MiB");
        columns.put("disk_bytes_per_event", "disk B/event");
        columns.put("foreign_cpu_percent", "others' CPU %");
        return columns;
    }

    static String of(JsonObject run) {
        Report report = new Report();
        report.machine(run);
        if (run.containsKey("closed")) {
            report.closed(run.getJsonObject("closed"));
        }
        report.open(run.getJsonArray("open", new JsonArray()));
        report.alone(run.getJsonObject("alone"));
        report.bulk(run);
        report.rows("Start and idle", run.getJsonArray("start"), List.of("java", "by", "first_answer_ms", "fastest_ms", "slowest_ms", "idle_rss_mib"));
        report.rows("SIGTERM under load, then a start", run.getJsonArray("stop"), List.of("server", "answered", "lost", "exit_code"));
        report.sentence("Failed", run.getJsonObject("failed").isEmpty() ? null : run.getJsonObject("failed"));
        report.goals(run.getJsonArray("goals"), run.getJsonObject("options").getBoolean("short"));
        return report.text.toString();
    }

    private void machine(JsonObject run) {
        JsonObject machine = run.getJsonObject("machine");
        JsonObject options = run.getJsonObject("options");
        text.append("# bench/compare, ").append(run.getString("date")).append("\n\n");
        text.append(String.format(
                "%d cores (%s), %s, Linux %s, %s, journal on %s. The sender and the receiver share the cores. Load average before: %s, after: %s.%n"
                        + "Events of %d bytes on average; gateway and bare server with `%s`; %d rounds of %d s after %d s of warm-up.%n",
                machine.getInteger("cores"), machine.getString("cpu"), machine.getString("memory"), machine.getString("kernel"),
                machine.getString("java"), machine.getString("file_system"), run.getString("load_average_before"),
                run.getString("load_average_after"), run.getInteger("event_bytes"), String.join(" ", Servers.FLAGS),
                options.getInteger("rounds"), options.getInteger("seconds"), options.getInteger("warm_up_seconds")));
    }

    private void closed(JsonObject closed) {
        section("Closed loop, " + closed.getInteger("connections") + " connections: the median round");
        head();
        servers(closed, "");
        text.append("\nRounds, events/s: ");
        for (String server : List.of("bare", "gateway", "falcosidekick")) {
            if (closed.containsKey(server)) {
                text.append(server).append(' ').append(closed.getJsonObject(server).getJsonArray("rounds_events_per_s").encode()).append("; ");
            }
        }
        text.append("ratios: `").append(closed.getJsonObject("ratios").encode()).append("`\n");
    }

    private void open(JsonArray rates) {
        if (rates.isEmpty()) {
            return;
        }
        section("Open loop, latency from the time an event was due");
        head();
        for (int i = 0; i < rates.size(); i++) {
            JsonObject one = rates.getJsonObject(i);
            servers(one, Goals.number(one.getInteger("rate")) + "/s for ");
        }
    }

    private void head() {
        text.append("| | ").append(String.join(" | ", COLUMNS.values())).append(" |\n");
        text.append("| --- |").append(" ---: |".repeat(COLUMNS.size())).append('\n');
    }

    private void servers(JsonObject from, String before) {
        for (String server : List.of("bare", "gateway", "falcosidekick")) {
            JsonObject one = from.getJsonObject(server);
            if (one == null) {
                continue;
            }
            String label = before.isEmpty() ? server : before + Math.round(one.getDouble("seconds")) + " s, " + server;
            text.append("| ").append(label);
            COLUMNS.keySet().forEach(key -> text.append(" | ").append(value(one, key)));
            text.append(" |\n");
        }
    }

    private void alone(JsonObject alone) {
        if (alone == null) {
            return;
        }
        section("One sender alone");
        text.append(String.format("The disk's own sync of 1 KB: p50 %s ms before, %s ms after.%n%n| | events/s | p50 ms | p99 ms |%n| --- | ---: | ---: | ---: |%n",
                alone.getDouble("disk_sync_p50_ms"), alone.getDouble("disk_sync_p50_after_ms")));
        for (String sync : List.of("batch", "interval")) {
            JsonObject one = alone.getJsonObject(sync);
            text.append("| `sync: ").append(sync).append("` | ").append(value(one, "events_per_s")).append(" | ")
                    .append(value(one, "p50_ms")).append(" | ").append(value(one, "p99_ms")).append(" |\n");
        }
    }

    private void bulk(JsonObject run) {
        JsonObject batch = run.getJsonObject("batch");
        if (batch != null) {
            section("NDJSON, 1,000 events a request");
            for (String sinks : List.of("sinks_paused", "sinks_running")) {
                JsonObject one = batch.getJsonObject(sinks);
                text.append("- ").append(sinks.replace('_', ' ')).append(": ").append(value(one, "events_per_s"))
                        .append(" events/s, ").append(value(one, "cpu_us_per_event")).append(" µs of CPU an event")
                        .append(one.containsKey("delivered_per_s") ? ", " + value(one, "delivered_per_s") + " delivered/s" : "").append('\n');
            }
        }
        sentence("Backlog of the http sink", run.getJsonObject("drain"));
        sentence("Import", run.getJsonObject("import"));
    }

    private void sentence(String title, JsonObject what) {
        if (what != null) {
            section(title);
            what.forEach(entry -> text.append("- ").append(entry.getKey().replace('_', ' ')).append(": ").append(value(what, entry.getKey())).append('\n'));
        }
    }

    private void rows(String title, JsonArray rows, List<String> keys) {
        if (rows == null) {
            return;
        }
        section(title);
        rows(rows, keys, text);
    }

    static void rows(JsonArray rows, List<String> keys, StringBuilder text) {
        text.append("| ").append(String.join(" | ", keys).replace('_', ' ')).append(" |\n|").append(" --- |".repeat(keys.size())).append('\n');
        for (int i = 0; i < rows.size(); i++) {
            JsonObject row = rows.getJsonObject(i);
            keys.forEach(key -> text.append("| ").append(value(row, key)).append(' '));
            text.append("|\n");
        }
    }

    private void goals(JsonArray goals, boolean small) {
        section("Goals");
        if (small) {
            text.append("The short form shows that all of it works; its times are those of a cold JVM.\n\n");
        }
        goals(goals, text);
    }

    static void goals(JsonArray goals, StringBuilder text) {
        text.append("| goal | wanted | reached | |\n| --- | --- | --- | --- |\n");
        for (int i = 0; i < goals.size(); i++) {
            JsonObject goal = goals.getJsonObject(i);
            text.append(String.format("| %s | %s | %s | %s |%n", goal.getString("goal"), goal.getString("wanted"), goal.getString("reached"),
                    goal.getBoolean("met") ? "met" : "**not met**"));
        }
    }

    private void section(String title) {
        text.append("\n## ").append(title).append("\n\n");
    }

    private static String value(JsonObject from, String key) {
        Object value = from.getValue(key);
        return value instanceof Number number ? Goals.number(number.doubleValue()) : value == null ? "–" : value.toString();
    }
}
