import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is asked of Prometheus: by the rig, and by every dashboard, rule and peer. Confined to one thread. */
final class Questions {

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;
    private final List<String> failures;

    Questions(int port, List<String> failures) {
        this.port = port;
        this.failures = failures;
    }

    private void check(String what, boolean holds) {
        if (!holds) {
            failures.add(what);
        }
    }

    void dashboards() throws Exception {
        int asked = 0;
        try (Stream<Path> files = Files.list(Path.of("docker/grafana/dashboards"))) {
            for (Path file : files.sorted().toList()) {
                JsonObject board = new JsonObject(Files.readString(file));
                Set<String> expressions = new LinkedHashSet<>();
                collect(board, expressions);
                for (String expression : expressions) {
                    data(file.getFileName().toString(), expression);
                }
                asked += expressions.size();
            }
        }
        System.out.println(asked + " expressions of the dashboards asked");
    }

    private static void collect(Object part, Set<String> expressions) {
        if (part instanceof JsonObject object) {
            object.forEach(entry -> {
                if (Set.of("expr", "definition").contains(entry.getKey())) {
                    expressions.add(String.valueOf(entry.getValue()));
                }
                collect(entry.getValue(), expressions);
            });
        } else if (part instanceof JsonArray array) {
            array.forEach(item -> collect(item, expressions));
        }
    }

    void peers() throws Exception {
        int asked = 0;
        for (String line : Files.readAllLines(Path.of("bench/monitoring/peers.txt"))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                data("peers.txt", line);
                asked++;
            }
        }
        System.out.println(asked + " expressions of falco-exporter's and Falcosidekick's dashboards and alerts asked");
    }

    /** A healthy gateway raises no alert: what each rule reads must be there, whatever it compares it with. */
    void rules() throws Exception {
        Pattern selector = Pattern.compile("\\b(?:falco_[a-z_]+|up)\\b(?:\\{[^}]*})?");
        int asked = 0;
        for (Object group : api("rules").getJsonObject("data").getJsonArray("groups")) {
            for (Object each : ((JsonObject) group).getJsonArray("rules")) {
                JsonObject rule = (JsonObject) each;
                check("rule " + rule.getString("name") + " " + rule.getString("lastError", ""),
                        rule.getString("health").equals("ok"));
                Matcher read = selector.matcher(rule.getString("query"));
                while (read.find()) {
                    data(rule.getString("name"), read.group());
                }
                asked++;
            }
        }
        check("all rules are loaded", asked >= 13);
        System.out.println(asked + " rules asked for what they read");
    }

    private void data(String where, String expression) throws Exception {
        String asked = expression.replaceAll("\\$__rate_interval|\\$__range", "5m").replace("$tag", "");
        asked = asked.replaceAll("\\$[a-z]+", ".*");
        Matcher values = Pattern.compile("label_values\\((.+),\\s*(\\w+)\\)").matcher(asked);
        if (values.matches()) {
            asked = "count by (" + values.group(2) + ") (" + values.group(1) + "{" + "}) ";
            asked = asked.replace("}{}", "," + values.group(2) + "!=\"\"}").replace("{}", "{" + values.group(2) + "!=\"\"}");
        }
        check(where + ": " + expression + " returns data", has(asked));
    }

    boolean has(String expression) throws Exception {
        JsonObject answer = api("query?query=" + encode(expression));
        if (!"success".equals(answer.getString("status"))) {
            failures.add(expression + ": " + answer.getString("error"));
            return false;
        }
        return !answer.getJsonObject("data").getJsonArray("result").isEmpty();
    }

    JsonObject api(String path) throws Exception {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/" + path))
                    .timeout(Duration.ofSeconds(20)).build();
            return new JsonObject(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException | DecodeException starting) {
            return new JsonObject("{\"status\":\"success\",\"data\":{\"result\":[]}}");
        }
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
