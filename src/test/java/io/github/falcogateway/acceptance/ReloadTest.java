package io.github.falcogateway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.falcogateway.testing.RunningGateway;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A changed configuration is taken whole or not at all, and no event falls between two. */
class ReloadTest {

    @TempDir
    Path folder;

    @Test
    void takesAGoodConfigurationAndKeepsTheOldOneInstalledOverABadOne() throws Exception {
        routes("proc.name = a");
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            JsonObject first = new JsonObject(gateway.get("/api/config"));
            assertThat(first.getInteger("number")).isEqualTo(1);
            assertThat(first.getString("last_error")).isNull();
            routes("proc.nmae = a and priority >= Eror");
            var refused = gateway.send("POST", "/-/reload");
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(new JsonObject(refused.body()).getJsonArray("problems").getList())
                    .singleElement()
                    .asString()
                    .contains("routes.yaml:2:")
                    .contains("expected a number or a priority");
            JsonObject kept = new JsonObject(gateway.get("/api/config"));
            assertThat(kept.getString("version")).isEqualTo(first.getString("version"));
            assertThat(kept.getBoolean("successful")).isFalse();
            assertThat(kept.getString("last_error")).contains("routes.yaml:2:");
            assertThat(gateway.get("/metrics")).contains("falco_gateway_config_last_reload_successful 0");
            assertThat(gateway.get("/api/routes")).contains("proc.name = a");
            routes("proc.name = b");
            assertThat(gateway.send("POST", "/-/reload").statusCode()).isEqualTo(200);
            JsonObject taken = new JsonObject(gateway.get("/api/config"));
            assertThat(taken.getInteger("number")).isEqualTo(2);
            assertThat(taken.getString("version")).isNotEqualTo(first.getString("version"));
            assertThat(taken.getString("last_error")).isNull();
            assertThat(gateway.get("/metrics")).contains("falco_gateway_config_last_reload_successful 1");
        }
    }

    @Test
    void opensNothingThatTheAddressItListensAtWouldShowToAnybody() throws Exception {
        String open = "  view: none\n";
        Path file = folder.resolve("gateway.yaml");
        Files.writeString(file, RunningGateway.config(folder, 0).replace("127.0.0.1", "0.0.0.0") + "auth:\n" + open);
        try (RunningGateway gateway = RunningGateway.of(folder, file)) {
            Files.writeString(file, RunningGateway.config(folder, 0));
            var refused = gateway.send("POST", "/-/reload");
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("gateway.yaml:1:1: auth.view is not set");
            Files.writeString(file, RunningGateway.config(folder, 0) + "auth:\n" + open);
            assertThat(gateway.send("POST", "/-/reload").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void watchesItsFilesAlsoThroughASwappedLink() throws Exception {
        // As Kubernetes mounts a ConfigMap: the file is a link through a link to a folder that is swapped at once.
        version("one", "proc.name = one");
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("one"));
        Files.createSymbolicLink(folder.resolve("routes.yaml"), Path.of("..data", "routes.yaml"));
        try (RunningGateway gateway = RunningGateway.in(folder, "watch: true\n")) {
            version("two", "proc.name = two");
            Files.createSymbolicLink(folder.resolve("..new"), Path.of("two"));
            Files.move(folder.resolve("..new"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
            await().until(() -> gateway.get("/api/routes").contains("proc.name = two"));
            Files.writeString(folder.resolve("two/routes.yaml"), "- route: [\n");
            await().until(() -> gateway.get("/api/config").contains("no YAML"));
            version("two", "proc.name = three");
            await().until(() -> gateway.get("/api/routes").contains("proc.name = three"));
        }
    }

    @Test
    void losesAndDoublesNoEventWhileTablesChange() throws Exception {
        table("even");
        try (RunningGateway gateway = RunningGateway.in(folder, sink("even") + sink("odd"))) {
            reloadUnderLoad(gateway, 8, this::table);
            assertThat(lines("even")).isNotEmpty();
            assertThat(lines("odd")).isNotEmpty();
        }
    }

    @Test
    void losesNoEventWhereOneSinkTakesThePlaceOfAnother() throws Exception {
        table("even");
        try (RunningGateway gateway = RunningGateway.in(folder, sink("even"))) {
            reloadUnderLoad(gateway, 16, name -> {
                table(name);
                Files.writeString(folder.resolve("gateway.yaml"), RunningGateway.config(folder, 0) + sink(name));
            });
        }
    }

    @Test
    void theMetricsOfASinkEndWithIt() throws Exception {
        table("even");
        try (RunningGateway gateway = RunningGateway.in(folder, sink("even"))) {
            String up = "falco_gateway_sink_up{sink=\"even\"}";
            String delivered = "falco_gateway_sink_delivered_total{sink=\"even\"} ";
            gateway.post("{\"rule\":\"r\",\"priority\":\"Error\"}");
            await().until(() -> gateway.get("/metrics").contains(delivered + "1.0"));
            reload(gateway, sink("even").replace("path:", "timeout: 7s, path:"));
            assertThat(gateway.get("/metrics")).as("of one that changed").contains(up, delivered + "1.0");
            table("odd");
            reload(gateway, sink("odd"));
            await().until(() -> !gateway.get("/metrics").contains("\"even\""));
            table("even");
            reload(gateway, sink("even") + sink("odd"));
            assertThat(gateway.get("/metrics")).as("of one that is there again").contains(up, delivered + "0.0");
        }
    }

    private void reload(RunningGateway gateway, String sinks) throws Exception {
        Files.writeString(folder.resolve("gateway.yaml"), RunningGateway.config(folder, 0) + sinks);
        assertThat(gateway.send("POST", "/-/reload").statusCode()).isEqualTo(200);
    }

    /** What a reload is to find where this sink's turn has come. */
    @FunctionalInterface
    private interface Change {
        void to(String sink) throws Exception;
    }

    /** Reloads while events come, each time after a change to the other of two sinks: each event is in one file, once. */
    private void reloadUnderLoad(RunningGateway gateway, int reloads, Change change) throws Exception {
        AtomicInteger sent = new AtomicInteger();
        AtomicBoolean end = new AtomicBoolean();
        Thread sender = new Thread(() -> send(gateway, sent, end));
        sender.start();
        for (int i = 1; i <= reloads; i++) {
            int before = sent.get();
            await().until(() -> sent.get() > before + 5);
            change.to(i % 2 == 0 ? "even" : "odd");
            assertThat(gateway.send("POST", "/-/reload").statusCode()).isEqualTo(200);
        }
        end.set(true);
        sender.join();
        await().until(() -> lines("even").size() + lines("odd").size() >= sent.get());
        List<String> all = new ArrayList<>(lines("even"));
        all.addAll(lines("odd"));
        assertThat(all.stream().map(line -> new JsonObject(line).getString("rule")))
                .hasSize(sent.get())
                .doesNotHaveDuplicates();
    }

    private String sink(String name) {
        return "  %s: {type: file, path: %s/%s.ndjson}\n".formatted(name, folder, name);
    }

    private static void send(RunningGateway gateway, AtomicInteger sent, AtomicBoolean end) {
        try {
            while (!end.get()) {
                gateway.post("{\"rule\":\"r" + sent.get() + "\",\"priority\":\"Error\"}");
                sent.incrementAndGet();
            }
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private List<String> lines(String sink) throws Exception {
        Path file = folder.resolve(sink + ".ndjson");
        if (!Files.exists(file)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.toList();
        }
    }

    private void table(String sink) throws Exception {
        Files.writeString(
                folder.resolve("routes.yaml"),
                "- {route: to %s, condition: rule exists, to: [%s]}\n".formatted(sink, sink));
    }

    private void routes(String condition) throws Exception {
        Files.writeString(
                folder.resolve("routes.yaml"), "- route: r\n  condition: " + condition + "\n  to: [archive]\n");
    }

    private void version(String name, String condition) throws Exception {
        Files.createDirectories(folder.resolve(name));
        Files.writeString(
                folder.resolve(name + "/routes.yaml"), "- route: r\n  condition: " + condition + "\n  to: [archive]\n");
    }
}
