import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.DoubleFunction;

/** What the project wants to reach, beside what this run reached; what was not measured is not met and not missed. */
final class Goals {

    private final JsonArray goals = new JsonArray();

    static JsonArray of(JsonObject run) {
        Goals goals = new Goals();
        JsonObject closed = run.getJsonObject("closed");
        if (closed != null) {
            goals.closed(closed);
        }
        JsonArray open = run.getJsonArray("open", new JsonArray());
        for (int i = 0; i < open.size(); i++) {
            if (open.getJsonObject(i).getInteger("rate") == Throughput.GOAL_RATE) {
                goals.open(open.getJsonObject(i).getJsonObject("gateway"));
            }
        }
        goals.bulk(run);
        JsonArray starts = run.getJsonArray("start", new JsonArray());
        for (int i = 0; i < starts.size(); i++) {
            goals.start(starts.getJsonObject(i));
        }
        return goals.goals;
    }

    private void closed(JsonObject closed) {
        JsonObject ratios = closed.getJsonObject("ratios");
        JsonObject bare = ratios.getJsonObject("gateway_to_bare");
        atLeast("durable events/s, of the bare server's", 0.4, bare.getDouble("events_per_s"), "");
        JsonObject peer = ratios.getJsonObject("gateway_to_falcosidekick");
        if (peer != null) {
            atLeast("durable events/s, of Falcosidekick's", 4, peer.getDouble("events_per_s"), "");
            atLeast("events/s answered and delivered, of Falcosidekick's", 4, peer.getDouble("delivered_per_s"), "");
            atMost("CPU per event, of Falcosidekick's", 0.333, peer.getDouble("cpu_us_per_event"), "");
        }
        atLeast("file sink and metrics, of the ingest rate", 0.9, closed.getJsonObject("gateway").getDouble("pipeline_share"), "");
        atMost("answered events lost, closed loop", 0, closed.getJsonObject("gateway").getDouble("lost"), "");
    }

    private void open(JsonObject gateway) {
        String at = "at 8,000/s for " + Math.round(gateway.getDouble("seconds")) + " s: ";
        atMost(at + "p99", 25, gateway.getDouble("p99_ms"), " ms");
        atMost(at + "p99.9", 100, gateway.getDouble("p99_9_ms"), " ms");
        atMost(at + "delivered after the end within", 2000, gateway.getDouble("delivered_after_ms"), " ms");
        atMost(at + "answered events lost", 0, gateway.getDouble("lost"), "");
        atMost(at + "due events not answered 200", 0,
                gateway.getDouble("refused") + gateway.getDouble("unanswered") + gateway.getDouble("due_but_not_sent"), "");
        atMost(at + "full collections", 0, gateway.getDouble("full_collections"), "");
    }

    private void bulk(JsonObject run) {
        JsonObject alone = run.getJsonObject("alone");
        if (alone != null) {
            double sync = Math.max(alone.getDouble("disk_sync_p50_ms"), alone.getDouble("disk_sync_p50_after_ms"));
            atMost("one sender alone, p50: 1 ms and one disk sync", 1 + sync, alone.getJsonObject("batch").getDouble("p50_ms"), " ms");
            atMost("one sender alone, sync: interval, p50", 0.5, alone.getJsonObject("interval").getDouble("p50_ms"), " ms");
        }
        JsonObject batch = run.getJsonObject("batch");
        if (batch != null) {
            atLeast("NDJSON of 1,000: events/s into the journal", 120_000, batch.getJsonObject("sinks_paused").getDouble("events_per_s"), "");
        }
        JsonObject drain = run.getJsonObject("drain");
        if (drain != null) {
            atLeast("backlog drain, of the ingest rate", 2, drain.getDouble("ratio"), "");
        }
        JsonObject imported = run.getJsonObject("import");
        if (imported != null && imported.getInteger("lines") >= 1_000_000) {
            atMost("import of 1,000,000 lines", 12, imported.getDouble("seconds"), " s");
        }
        JsonArray stops = run.getJsonArray("stop", new JsonArray());
        for (int i = 0; i < stops.size(); i++) {
            if (stops.getJsonObject(i).getString("server").equals("gateway")) {
                atMost("answered events lost by SIGTERM under load", 0, stops.getJsonObject(i).getDouble("lost"), "");
            }
        }
    }

    private void start(JsonObject start) {
        if (!start.getString("by").equals("launcher")) {
            return;
        }
        int java = Integer.parseInt(start.getString("java").split("\\.")[0]);
        String on = "launcher on JDK " + java + ": ";
        atMost(on + "start to first answered event", java >= 25 ? 600 : 1000, start.getDouble("first_answer_ms"), " ms");
        atMost(on + "idle RSS", 110, start.getDouble("idle_rss_mib"), " MiB");
    }

    void atLeast(String what, double wanted, double reached, String unit) {
        add(what, "at least " + number(wanted) + unit, number(reached) + unit, reached >= wanted);
    }

    void atMost(String what, double wanted, double reached, String unit) {
        add(what, wanted == 0 ? "0" : "at most " + number(wanted) + unit, number(reached) + unit, reached <= wanted);
    }

    JsonArray all() {
        return goals;
    }

    private void add(String what, String wanted, String reached, boolean met) {
        goals.add(new JsonObject().put("goal", what).put("wanted", wanted).put("reached", reached).put("met", met));
    }

    static String number(double value) {
        DoubleFunction<String> text = one -> one == Math.rint(one) ? String.format("%,d", (long) one) : String.format("%,.3g", one);
        return Math.abs(value) >= 1000 ? String.format("%,d", Math.round(value)) : text.apply(value);
    }
}
