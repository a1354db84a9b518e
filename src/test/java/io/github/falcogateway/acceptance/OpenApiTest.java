package io.github.falcogateway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.falcogateway.testing.RunningGateway;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The description of the API is true of its answers, and whole. */
class OpenApiTest {

    private static final Pattern MOUNTED = Pattern.compile("router\\.(get|post|delete)\\(\"(/api/[^\"]+)\"\\)");
    private static final String BASE = "https://falco-gateway.example/";

    @TempDir
    Path folder;

    private RunningGateway gateway;
    private JsonObject description;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(folder.resolve("routes.yaml"), """
                - {route: all, condition: priority >= Debug, to: [archive, metrics]}
                """);
        gateway = RunningGateway.in(folder, "");
        for (String event : Files.readAllLines(Path.of("src/test/resources/events/seed-events.ndjson"))) {
            gateway.post(event);
        }
        gateway.post("no event");
        await().until(() -> gateway.lines().size() == 7);
        description = new JsonObject(gateway.get("/api/openapi.json"));
    }

    @AfterEach
    void end() throws Exception {
        gateway.close();
    }

    @Test
    void describesEveryPathThatIsThere() throws Exception {
        Set<String> mounted = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                Matcher matcher = MOUNTED.matcher(Files.readString(source));
                while (matcher.find()) {
                    mounted.add(matcher.group(1) + " " + matcher.group(2).replaceAll(":(\\w+)", "{$1}"));
                }
            }
        }
        Set<String> described = new TreeSet<>();
        description
                .getJsonObject("paths")
                .forEach(path -> ((JsonObject) path.getValue())
                        .fieldNames()
                        .forEach(method -> described.add(method + " " + path.getKey())));
        assertThat(described).containsAll(mounted);
    }

    @Test
    void isTrueOfTheAnswers() throws Exception {
        JsonObject paths = description.getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            JsonObject get = paths.getJsonObject(path).getJsonObject("get");
            if (get == null || path.equals("/api/stream")) {
                continue;
            }
            String query = path.equals("/api/values") ? "?field=rule" : path.equals("/api/summary") ? "?trend=3" : "";
            HttpResponse<String> answer =
                    gateway.send("GET", path.replace("{id}", "3").replace("{name}", "archive") + query);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            check(path, get, answer);
        }
        check("/api/events/{id}", get("/api/events/{id}"), gateway.send("GET", "/api/events/99"));
        HttpResponse<String> none = gateway.send("GET", "/api/sinks/none/dead");
        assertThat(none.statusCode()).isEqualTo(404);
        check("/api/sinks/{name}/dead", get("/api/sinks/{name}/dead"), none);
        check("/api/events", get("/api/events"), gateway.send("GET", "/api/events?filter=rule"));
        check("/api/hosts", get("/api/hosts"), gateway.send("GET", "/api/hosts?since=x"));
    }

    @Test
    void isTrueOfWhatActs() throws Exception {
        JsonObject paths = description.getJsonObject("paths");
        String event = "{\"rule\":\"r\",\"priority\":\"Error\"}";
        post(paths, "/events", "/events", event);
        post(paths, "/events", "/events", "[" + event + ",{}]");
        post(paths, "/api/explain", "/api/explain", event);
        post(paths, "/api/explain", "/api/explain", "[" + event + "]");
        JsonObject silence = new JsonObject()
                .put("condition", "host = a")
                .put("author", "ann")
                .put("comment", "quiet")
                .put("end", Instant.now().plusSeconds(60).toString());
        HttpResponse<String> made = post(paths, "/api/silences", "/api/silences", silence.encode());
        post(
                paths,
                "/api/silences",
                "/api/silences",
                silence.put("condition", "host =").encode());
        JsonObject all = paths.getJsonObject("/api/silences").getJsonObject("get");
        check("/api/silences", all, gateway.send("GET", "/api/silences"));
        String id = new JsonObject(made.body()).getString("id");
        assertThat(gateway.send("DELETE", "/api/silences/" + id).statusCode()).isEqualTo(204);
        for (String act : Set.of("test", "redeliver", "skip-to?time=now")) {
            post(paths, "/api/sinks/{name}/" + act.replaceAll("\\?.*", ""), "/api/sinks/archive/" + act, "");
        }
        post(paths, "/-/reload", "/-/reload", "");
    }

    private JsonObject get(String path) {
        return description.getJsonObject("paths").getJsonObject(path).getJsonObject("get");
    }

    private HttpResponse<String> post(JsonObject paths, String path, String url, String body) throws Exception {
        HttpResponse<String> answer = gateway.send("POST", url, body);
        check(path, paths.getJsonObject(path).getJsonObject("post"), answer);
        return answer;
    }

    private void check(String path, JsonObject operation, HttpResponse<String> answer) {
        JsonObject content = operation
                .getJsonObject("responses")
                .getJsonObject(Integer.toString(answer.statusCode()), new JsonObject())
                .getJsonObject("content");
        assertThat(content).as(path + " answers " + answer.statusCode()).isNotNull();
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
        assertThat(content.fieldNames()).as(path).contains(type);
        if (type.endsWith("json")) {
            OutputUnit result = validate(content.getJsonObject(type).getJsonObject("schema"), answer.body());
            assertThat(result.getValid())
                    .as(path + ": "
                            + (result.getErrors() == null ? "" : result.toJson().encode()) + answer.body())
                    .isTrue();
        }
    }

    private OutputUnit validate(JsonObject schema, String answer) {
        JsonSchemaOptions options = new JsonSchemaOptions()
                .setBaseUri(BASE)
                .setDraft(Draft.DRAFT202012)
                .setOutputFormat(OutputFormat.Basic);
        return SchemaRepository.create(options)
                .validator(JsonSchema.of((JsonObject) resolved(schema)))
                .validate(Json.decodeValue(answer));
    }

    /** The schema with those it refers to put in, and no member allowed that it does not name. */
    private Object resolved(Object schema) {
        if (schema instanceof JsonArray array) {
            return new JsonArray(
                    new ArrayList<>(array.stream().map(this::resolved).toList()));
        }
        if (!(schema instanceof JsonObject object)) {
            return schema;
        }
        String ref = object.getString("$ref");
        if (ref != null) {
            String name = ref.substring(ref.lastIndexOf('/') + 1);
            return resolved(description
                    .getJsonObject("components")
                    .getJsonObject("schemas")
                    .getJsonObject(name));
        }
        JsonObject whole = new JsonObject();
        object.forEach(member -> whole.put(member.getKey(), resolved(member.getValue())));
        boolean open = whole.containsKey("additionalProperties");
        return whole.getValue("properties") instanceof JsonObject && !open
                ? whole.put("additionalProperties", false)
                : whole;
    }
}
