package io.github.falcogateway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.testing.RunningGateway;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the JSON API says about stored events. */
class EventsApiTest {

    private static final int HOURS = 48;

    @TempDir
    Path folder;

    private RunningGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = RunningGateway.in(folder, "");
        StringBuilder events = new StringBuilder();
        for (int hour = 0; hour < HOURS; hour++) {
            events.append(
                            "{\"rule\":\"%s\",\"priority\":\"%s\",\"hostname\":\"web-%d\",\"time\":\"2026-05-%02dT%02d:30:00Z\","
                                    .formatted(
                                            hour % 3 == 0 ? "=Shell" : "File",
                                            hour % 3 == 0 ? "Error" : "Notice",
                                            hour % 2,
                                            1 + hour / 24,
                                            hour % 24))
                    .append("\"tags\":[\"a\",\"b\"],\"output\":\"x, \\\"y\\\"\",\"output_fields\":{\"proc.name\":\"p")
                    .append(hour % 5)
                    .append("\",\"evt.time\":1777593000000000001}}\n");
        }
        assertThat(gateway.post(events.toString()).statusCode()).isEqualTo(200);
    }

    @AfterEach
    void end() throws Exception {
        gateway.close();
    }

    @Test
    void pagesByIdWithinAConditionAndATime() throws Exception {
        List<String> ids = new ArrayList<>();
        String next = "";
        do {
            JsonObject page = get("/api/events?limit=5&filter=" + encoded("rule = \"=Shell\" and proc.name != p0")
                    + "&since=2026-05-01T12:00:00Z&until=2026-05-02T12:00:00%2B00:00"
                    + (next.isEmpty() ? "" : "&before=" + next));
            page.getJsonArray("events").forEach(event -> {
                JsonObject one = (JsonObject) event;
                assertThat(one.getString("rule")).isEqualTo("=Shell");
                assertThat(one.getString("time")).isBetween("2026-05-01T12", "2026-05-02T12");
                ids.add(one.getJsonObject("gateway").getString("id"));
            });
            next = page.getString("next");
        } while (next != null);
        assertThat(ids).containsExactly("34", "28", "25", "22", "19", "13");
        assertThat(get("/api/events?filter=" + encoded("host = web-1 and rule = \"=Shell\"") + "&limit=100")
                        .getJsonArray("events"))
                .hasSize(8);
        assertThat(gateway.get("/api/events/1")).contains("\"evt.time\":1777593000000000001");
        assertThat(gateway.send("GET", "/api/events/4711").statusCode()).isEqualTo(404);
    }

    @Test
    void saysWhichParameterIsWrongAndWhere() throws Exception {
        JsonObject filter = refused("/api/events?filter=" + encoded("rule = x and priority = Eror"));
        assertThat(filter.getString("parameter")).isEqualTo("filter");
        assertThat(filter.getInteger("at")).isEqualTo(24);
        assertThat(filter.getString("suggestion")).isEqualTo("Error");
        assertThat(refused("/api/events?limit=0").getString("detail")).contains("limit");
        assertThat(refused("/api/events?before=x").getString("detail")).contains("before");
        assertThat(refused("/api/events?since=tomorrow").getString("detail")).contains("since");
        assertThat(refused("/api/events?format=xml").getString("detail")).contains("ndjson");
        assertThat(refused("/api/summary?by=nme").getString("detail")).contains("by:");
        assertThat(refused("/api/histogram?step=-1").getString("detail")).contains("step");
        assertThat(refused("/api/values").getString("detail")).contains("field");
        assertThat(refused("/api/summary?trend=1000").getString("detail")).contains("trend");
    }

    @Test
    void countsByOutlineAndByFieldAlike() throws Exception {
        JsonObject rules = get("/api/summary?by=rule&trend=4");
        assertThat(rules.getLong("total")).isEqualTo(HOURS);
        JsonObject file = rules.getJsonArray("groups").getJsonObject(0);
        assertThat(file.getString("key")).isEqualTo("File");
        assertThat(file.getLong("count")).isEqualTo(32);
        assertThat(file.getJsonArray("hosts")).containsExactly("web-0", "web-1");
        assertThat(file.getString("last")).isEqualTo("2026-05-02T23:30:00Z");
        assertThat(file.getString("last_id")).isEqualTo("48");
        assertThat(file.getJsonObject("fields").getString("proc.name")).isEqualTo("p2");
        assertThat(file.getJsonArray("trend")).containsExactly(8, 8, 8, 8);
        assertThat(get("/api/summary?by=tag").getJsonArray("groups")).hasSize(2);
        JsonObject names = get("/api/summary?by=proc.name&filter=" + encoded("proc.name in (p1, p2)"));
        assertThat(names.getLong("total")).isEqualTo(20);
        assertThat(names.getBoolean("complete")).isTrue();
        JsonObject days = get("/api/histogram?step=1d&filter=" + encoded("priority >= Error"));
        assertThat(days.getJsonArray("buckets").getJsonObject(0).getJsonObject("counts"))
                .isEqualTo(new JsonObject().put("Error", 8));
        assertThat(get("/api/hosts?filter=" + encoded("proc.name = p1")).getJsonArray("hosts"))
                .hasSize(2);
        assertThat(get("/api/values?field=proc.name&prefix=P").getJsonArray("values"))
                .hasSize(5);
        assertThat(get("/api/fields").getJsonArray("fields").toString()).contains("\"evt.time\"", "\"host\"");
    }

    @Test
    void countsTimesThatGoBackAndForthIntoTheirSteps() throws Exception {
        StringBuilder events = new StringBuilder();
        for (String time : List.of("03T10:59:59.9", "03T10:00:00", "03T11:00:00", "03T10:30:00", "04T00:00:00")) {
            events.append("{\"rule\":\"R\",\"priority\":\"Critical\",\"output\":\"x\",\"time\":\"2026-05-%sZ\"}%n"
                    .formatted(time));
        }
        assertThat(gateway.post(events.toString()).statusCode()).isEqualTo(200);
        JsonArray hours =
                get("/api/histogram?step=1h&filter=" + encoded("rule = R")).getJsonArray("buckets");
        assertThat(hours)
                .containsExactly(
                        bucket("2026-05-03T10:00:00Z", 3),
                        bucket("2026-05-03T11:00:00Z", 1),
                        bucket("2026-05-04T00:00:00Z", 1));
    }

    private static JsonObject bucket(String time, int critical) {
        return new JsonObject().put("time", time).put("counts", new JsonObject().put("Critical", critical));
    }

    @Test
    void exportsEverythingThatNoSpreadsheetTakesForAFormula() throws Exception {
        HttpResponse<String> csv = gateway.send("GET", "/api/events?format=csv");
        assertThat(csv.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
        assertThat(csv.headers().firstValue("Content-Disposition").orElse("")).contains("attachment");
        List<String> lines = csv.body().lines().toList();
        assertThat(lines).hasSize(HOURS + 1);
        assertThat(lines.get(0)).startsWith("id,time,received_at,host,priority,rule,");
        assertThat(lines.get(3))
                .contains(
                        ",web-1,Error,'=Shell,syscall,a b,\"x, \"\"y\"\"\"",
                        "\"\"evt.time\"\":\"\"1777593000000000001");
        List<String> ndjson =
                gateway.get("/api/events?format=ndjson&limit=40").lines().toList();
        assertThat(ndjson).hasSize(40);
        assertThat(new JsonObject(ndjson.get(39)).getJsonObject("gateway").getString("id"))
                .isEqualTo("9");
        assertThat(gateway.get("/api/summary?format=csv").lines()).contains("count,priority,key,hosts,first,last");
    }

    private JsonObject get(String path) throws Exception {
        HttpResponse<String> answer = gateway.send("GET", path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    private JsonObject refused(String path) throws Exception {
        HttpResponse<String> answer = gateway.send("GET", path);
        assertThat(answer.statusCode()).as(path).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonObject problem = new JsonObject(answer.body());
        assertThat(problem.getInteger("status")).isEqualTo(400);
        return problem;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
