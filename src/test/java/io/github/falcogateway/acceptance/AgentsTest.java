package io.github.falcogateway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.falcogateway.testing.GatewayProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three processes: a gateway on each of two hosts and a central one, which is killed twice under load. */
class AgentsTest {

    private static final List<String> HOSTS = List.of("web-1", "db-1");

    @TempDir
    Path folder;

    private final Map<String, List<Integer>> answered = new ConcurrentHashMap<>();

    @Test
    void everythingIsInTheCentralJournalOnceAndInOrderThoughThatWasKilledTwice() throws Exception {
        GatewayProcess central = central(0);
        List<GatewayProcess> agents = new ArrayList<>();
        AtomicBoolean going = new AtomicBoolean(true);
        try {
            for (String host : HOSTS) {
                agents.add(agent(host, central.port));
            }
            List<Thread> senders = new ArrayList<>();
            for (int i = 0; i < HOSTS.size(); i++) {
                senders.add(load(HOSTS.get(i), agents.get(i), going));
            }
            for (int kill = 1; kill <= 2; kill++) {
                int enough = 300 * kill;
                await().until(() -> answered() > 2 * enough);
                central.kill();
                int away = answered();
                await().until(() -> answered() > away + 100);
                central = central(central.port);
            }
            going.set(false);
            for (Thread sender : senders) {
                sender.join();
            }
            GatewayProcess last = central;
            await().until(() -> journal(last).size() >= answered());
            check(journal(last));
        } finally {
            going.set(false);
            for (GatewayProcess agent : agents) {
                agent.close();
            }
            central.close();
        }
    }

    private void check(List<JsonObject> journal) {
        Map<String, List<Integer>> kept = new ConcurrentHashMap<>();
        for (JsonObject event : journal) {
            String host = event.getString("hostname");
            kept.computeIfAbsent(host, new1 -> new ArrayList<>()).add(event.getInteger("n"));
            JsonObject gateway = event.getJsonObject("gateway");
            assertThat(gateway.getString("node")).isEqualTo(host);
            JsonArray path = gateway.getJsonArray("path");
            assertThat(path.size()).isEqualTo(1);
            assertThat(path.getJsonObject(0).getString("node")).isEqualTo("central");
        }
        assertThat(kept).isEqualTo(answered);
    }

    /** Oldest first. */
    private static List<JsonObject> journal(GatewayProcess central) throws Exception {
        List<JsonObject> events = new ArrayList<>();
        String before = "";
        while (before != null) {
            JsonObject page = new JsonObject(
                    central.get("/api/events?limit=1000" + (before.isEmpty() ? "" : "&before=" + before)));
            page.getJsonArray("events").forEach(event -> events.add(0, (JsonObject) event));
            before = page.getString("next");
        }
        return events;
    }

    private int answered() {
        return answered.values().stream().mapToInt(List::size).sum();
    }

    private Thread load(String host, GatewayProcess agent, AtomicBoolean going) {
        List<Integer> mine = java.util.Collections.synchronizedList(new ArrayList<>());
        answered.put(host, mine);
        Thread sender = new Thread(() -> {
            for (int n = 0; going.get(); n++) {
                try {
                    if (agent.post("{\"rule\":\"r\",\"priority\":\"Error\",\"n\":" + n + "}") == 200) {
                        mine.add(n);
                    }
                } catch (InterruptedException ending) {
                    return;
                }
            }
        });
        sender.start();
        return sender;
    }

    private GatewayProcess central(int port) throws Exception {
        Path home = Files.createDirectories(folder.resolve("central"));
        return GatewayProcess.start(home, """
                listen: {http: "127.0.0.1:%d"}
                node: central
                routes: []
                hosts: null
                sinks: {archive: {type: file, path: events.ndjson}}
                default: [archive]
                journal: {path: data}
                auth: {ingest: [{name: web-1, token: token-of-web-1, host: web-1}, {name: db-1, token: token-of-db-1, host: db-1}]}
                """.formatted(port));
    }

    private GatewayProcess agent(String host, int central) throws Exception {
        Path home = Files.createDirectories(folder.resolve(host));
        return GatewayProcess.start(
                home, """
                listen: {http: "127.0.0.1:0"}
                node: %s
                routes: []
                hosts: null
                host: {order: [claimed]}
                sinks:
                  central:
                    type: http
                    url: "http://127.0.0.1:%d/"
                    headers: {Authorization: "Bearer %s"}
                    batch: 50
                    retry: {min: 20ms, max: 200ms}
                default: [central]
                journal: {path: data}
                """.formatted(host, central, host.equals("web-1") ? "token-of-web-1" : "token-of-db-1"));
    }
}
