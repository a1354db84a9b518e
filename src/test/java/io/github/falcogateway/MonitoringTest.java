package io.github.falcogateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.sink.prometheus.PrometheusOptions;
import io.github.falcogateway.sink.prometheus.PrometheusSink;
import io.github.falcogateway.telemetry.Scraper;
import io.github.falcogateway.telemetry.SinkMeters;
import io.github.falcogateway.telemetry.Telemetry;
import io.github.falcogateway.testing.Patience;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Dashboards, rules and the page on metrics name no metric that there is not, and the page names every one. */
class MonitoringTest {

    private static final Pattern OURS = Pattern.compile("\\bfalco_gateway_[a-z_]*[a-z]\\b");
    private static final Set<String> PANELS =
            Set.of("row", "stat", "timeseries", "bargauge", "table", "state-timeline", "piechart");

    @Test
    void everyNameInDashboardsAndRulesIsAMetricOfOurs() throws Exception {
        Set<String> known = exposed();
        List<Path> files = new ArrayList<>(dashboards());
        files.addAll(under("docker/prometheus", ".yml"));
        files.addAll(under("docker/grafana/provisioning", ".yaml"));
        assertThat(files).hasSizeGreaterThan(5);
        for (Path file : files) {
            assertThat(known).as(file.toString()).containsAll(named(Files.readString(file)));
        }
    }

    @Test
    void thePageOnMetricsNamesEveryMetric() throws Exception {
        Set<String> families = new TreeSet<>();
        for (String line : scrape().split("\n")) {
            if (line.startsWith("# TYPE falco")) {
                families.add(line.split(" ")[2]);
            }
        }
        families.removeIf(name -> name.endsWith("_seconds_max"));
        String page = Files.readString(Path.of("docs/metrics.md"));
        assertThat(families)
                .hasSizeGreaterThan(25)
                .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }

    @Test
    void everyReasonToHoldBackBeginsAtZero() throws Exception {
        String scrape = scrape();
        List<String> reasons = reasonsToHoldBack();
        assertThat(reasons)
                .contains("group", "digest")
                .allSatisfy(why -> assertThat(scrape)
                        .contains("falco_gateway_held_back_total{route=\"r\",why=\"" + why + "\"} 0.0"));
        // What no route took goes to the default sinks, where these two alone hold back.
        assertThat(List.of("storm", "silence"))
                .allSatisfy(why -> assertThat(scrape)
                        .contains("falco_gateway_held_back_total{route=\"\",why=\"" + why + "\"} 0.0"));
    }

    /** Those that the page on metrics names. */
    private static List<String> reasonsToHoldBack() throws IOException {
        Matcher row = Pattern.compile("`falco_gateway_held_back_total`.*held back: ((`[a-z]+`(, )?)+)")
                .matcher(Files.readString(Path.of("docs/metrics.md")));
        assertThat(row.find()).isTrue();
        return List.of(row.group(1).replace("`", "").split(", "));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void theDashboardIsWhatGrafanaTakes(Path file) throws Exception {
        JsonObject board = new JsonObject(Files.readString(file));
        assertThat(board.getString("uid")).matches("[a-z0-9-]{1,40}");
        assertThat(board.getString("title")).isNotBlank();
        assertThat(board.getInteger("schemaVersion")).isGreaterThanOrEqualTo(39);
        assertThat(board.getMap()).doesNotContainKey("id");
        Set<String> variables = new HashSet<>();
        objects(board.getJsonObject("templating").getJsonArray("list"))
                .forEach(variable -> variables.add(variable.getString("name")));
        Set<Integer> ids = new HashSet<>();
        boolean[][] taken = new boolean[1000][24];
        for (JsonObject panel : objects(board.getJsonArray("panels"))) {
            assertThat(ids.add(panel.getInteger("id"))).as("id of " + panel).isTrue();
            assertThat(PANELS).contains(panel.getString("type"));
            assertThat(panel.getString("title")).isNotBlank();
            place(panel.getJsonObject("gridPos"), taken);
            if (!panel.getString("type").equals("row")) {
                targets(panel, variables);
            }
        }
    }

    @Test
    void whatIsProvisionedFitsTogether() throws Exception {
        Map<?, ?> rules = yaml("docker/grafana/provisioning/alerting/rules.yaml");
        Map<?, ?> discord = yaml("docker/grafana/provisioning/alerting/discord.yaml");
        Map<?, ?> sources = yaml("docker/grafana/provisioning/datasources/prometheus.yaml");
        Object source = first(sources, "datasources").get("uid");
        Object contact = first(discord, "contactPoints").get("name");
        assertThat(first(discord, "policies").get("receiver")).isEqualTo(contact);
        Map<?, ?> rule = first(first(rules, "groups"), "rules");
        List<?> queries = (List<?>) rule.get("data");
        assertThat(queries).anyMatch(query -> ((Map<?, ?>) query).get("refId").equals(rule.get("condition")));
        assertThat(((Map<?, ?>) queries.get(0)).get("datasourceUid")).isEqualTo(source);
        Map<?, ?> notes = (Map<?, ?>) rule.get("annotations");
        JsonObject board = new JsonObject(
                Files.readString(Path.of("docker/grafana/dashboards/" + notes.get("__dashboardUid__") + ".json")));
        assertThat(objects(board.getJsonArray("panels")))
                .anyMatch(panel -> String.valueOf(panel.getInteger("id")).equals(notes.get("__panelId__")));
        Map<?, ?> compose = yaml("docker/compose.yaml");
        // Without a name it is that of the folder, and with it the volumes of everybody's docker/.
        assertThat(compose.get("name")).isEqualTo("falco-gateway");
        Map<?, ?> services = (Map<?, ?>) compose.get("services");
        assertThat(services.toString()).contains("DISCORD_WEBHOOK_URL");
        assertThat(services.keySet().toString()).contains("gateway", "prometheus", "grafana", "alertmanager", "source");
    }

    private static Map<?, ?> yaml(String file) throws IOException {
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(Path.of(file)));
    }

    private static Map<?, ?> first(Map<?, ?> map, String list) {
        return (Map<?, ?>) ((List<?>) map.get(list)).get(0);
    }

    private static void targets(JsonObject panel, Set<String> variables) {
        assertThat(panel.getJsonObject("datasource").getString("uid")).isEqualTo("${datasource}");
        Set<String> letters = new HashSet<>();
        List<JsonObject> targets = objects(panel.getJsonArray("targets"));
        assertThat(targets).as(panel.getString("title")).isNotEmpty();
        for (JsonObject target : targets) {
            assertThat(letters.add(target.getString("refId"))).isTrue();
            assertThat(target.getString("expr")).isNotBlank();
        }
        Matcher used = Pattern.compile("\\$\\{?([a-z]+)\\b").matcher(panel.encode());
        while (used.find()) {
            assertThat(variables).as(panel.getString("title")).contains(used.group(1));
        }
    }

    private static void place(JsonObject at, boolean[][] taken) {
        for (int y = at.getInteger("y"); y < at.getInteger("y") + at.getInteger("h"); y++) {
            for (int x = at.getInteger("x"); x < at.getInteger("x") + at.getInteger("w"); x++) {
                assertThat(taken[y][x]).as("two panels at " + x + "," + y).isFalse();
                taken[y][x] = true;
            }
        }
    }

    private static Set<String> named(String text) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = OURS.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group());
        }
        return names;
    }

    private static Set<String> exposed() throws Exception {
        return named(scrape());
    }

    /** All there can be, from an instance of each thing that has meters. */
    private static String scrape() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Telemetry telemetry = new Telemetry("test");
            SinkMeters sink = telemetry.sink("s");
            sink.watch(() -> 1, () -> 0, () -> 0);
            sink.watchStop(() -> 0);
            sink.notices("announced", () -> 0);
            telemetry.journal().watch(() -> 0, () -> 0, () -> 1);
            telemetry.journal().limit(1);
            telemetry.routes().expect("r");
            telemetry.source("s").watch(Map.of("connected", () -> 1), () -> 0);
            var unused = new PrometheusSink(vertx, PrometheusOptions.defaults(), telemetry, List::of, () -> true);
            return new String(telemetry.scrape(false, Scraper.VISITOR).body(), UTF_8);
        } finally {
            Patience.get(vertx.close());
        }
    }

    static List<Path> dashboards() throws IOException {
        return under("docker/grafana/dashboards", ".json");
    }

    private static List<Path> under(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }
}
