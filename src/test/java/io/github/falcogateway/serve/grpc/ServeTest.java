package io.github.falcogateway.serve.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.falcogateway.testing.FalcoClient;
import io.github.falcogateway.testing.RunningGateway;
import io.github.falcogateway.wire.outputs.response;
import io.github.falcogateway.wire.schema.priority;
import io.github.falcogateway.wire.schema.source;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What subscribers and callers of get receive. */
class ServeTest extends ServingGateway {

    @Test
    void givesEverySubscriberEveryEventFromItsSubscriptionOn() throws Exception {
        try (RunningGateway gateway = gateway("");
                FalcoClient one = new FalcoClient(socket());
                FalcoClient two = new FalcoClient(socket())) {
            post(gateway, 0, 5);
            FalcoClient.Subscription first = one.sub();
            post(gateway, 5, 10);
            FalcoClient.Subscription second = two.sub();
            FalcoClient.Subscription third = two.sub();
            post(gateway, 10, 15);

            await().untilAsserted(() -> assertThat(rules(first)).isEqualTo(rules(5, 15)));
            await().untilAsserted(() -> assertThat(rules(second)).isEqualTo(rules(10, 15)));
            await().untilAsserted(() -> assertThat(rules(third)).isEqualTo(rules(10, 15)));
            assertThat(gateway.get("/metrics"))
                    .contains("falco_gateway_grpc_subscribers 3.0")
                    .contains("falco_gateway_grpc_sent_total 20.0");
        }
    }

    @Test
    void getGivesWhatCameSinceTheCallersLastCall() throws Exception {
        try (RunningGateway gateway = gateway("");
                FalcoClient one = new FalcoClient(socket());
                FalcoClient two = new FalcoClient(socket())) {
            post(gateway, 0, 3);
            assertThat(one.get()).isEmpty();
            assertThat(one.get("named")).isEmpty();
            post(gateway, 3, 1500);
            assertThat(rules(one.get())).isEqualTo(rules(3, 1500));
            assertThat(one.get()).isEmpty();
            assertThat(two.get()).isEmpty();
            assertThat(rules(two.get("named"))).isEqualTo(rules(3, 1500));
            assertThat(one.get("named")).isEmpty();
        }
    }

    @Test
    @SuppressWarnings("deprecation")
    void sendsWhatFalcoWouldSend() throws Exception {
        try (RunningGateway gateway = gateway("");
                FalcoClient client = new FalcoClient(socket())) {
            FalcoClient.Subscription sub = client.sub();
            gateway.post(EVENT);
            await().untilAsserted(() -> assertThat(sub.events()).hasSize(1));
            response event = sub.events().get(0);

            assertThat(event.getRule()).isEqualTo("Bad thing");
            assertThat(event.getPriority()).isEqualTo(priority.ERROR);
            assertThat(event.getOutput()).isEqualTo("10:15:30.0: Error Bad thing");
            assertThat(event.getHostname()).isEqualTo("web-1");
            assertThat(event.getSource()).isEqualTo("syscall");
            assertThat(event.getSourceDeprecatedValue()).isEqualTo(source.SYSCALL_VALUE);
            assertThat(event.getTagsList()).containsExactly("b", "a");
            assertThat(event.getTime().getSeconds()).isEqualTo(1795601730L);
            assertThat(event.getTime().getNanos()).isEqualTo(1);
            assertThat(event.getOutputFieldsMap())
                    .isEqualTo(Map.of(
                            "k8s.ns.name", "shop",
                            "k8s.pod.name", "<NA>",
                            "proc.pid", "12",
                            "fd.types", "a,b",
                            "evt.time", "1651448201237634398"));
        }
    }

    @Test
    void sendsTheMessageOfAnEventWithoutOutput() throws Exception {
        try (RunningGateway gateway = gateway("");
                FalcoClient client = new FalcoClient(socket())) {
            FalcoClient.Subscription sub = client.sub();
            gateway.post("{\"rule\":\"r\",\"priority\":\"Error\",\"message\":\"told here\"}");
            await().untilAsserted(() -> assertThat(sub.events()).hasSize(1));
            assertThat(sub.events().get(0).getOutput()).isEqualTo("told here");
        }
    }

    /** falco-exporter's labels, as it takes them out of each response. */
    @Test
    void givesFalcoExporterItsLabels() throws Exception {
        try (RunningGateway gateway = gateway("");
                FalcoClient client = new FalcoClient(socket())) {
            FalcoClient.Subscription sub = client.sub();
            gateway.post(EVENT);
            await().untilAsserted(() -> assertThat(sub.events()).hasSize(1));
            response event = sub.events().get(0);
            Map<String, String> labels = new TreeMap<>(Map.of(
                    "rule", event.getRule(),
                    "priority", Integer.toString(event.getPriorityValue()),
                    "hostname", event.getHostname(),
                    "source", event.getSource(),
                    "k8s_ns_name", event.getOutputFieldsOrDefault("k8s.ns.name", ""),
                    "k8s_pod_name", event.getOutputFieldsOrDefault("k8s.pod.name", ""),
                    "tags", "," + String.join(",", event.getTagsList()) + ","));

            await().untilAsserted(() -> assertThat(gateway.get("/metrics")).contains("rule=\"Bad thing\""));
            String ours = gateway.get("/metrics")
                    .lines()
                    .filter(line -> line.startsWith("falco_events{"))
                    .findFirst()
                    .orElseThrow();
            labels.forEach((name, value) -> {
                if (!name.equals("k8s_pod_name")) {
                    assertThat(ours).contains(name + "=\"" + value + "\"");
                }
            });
            assertThat(labels.get("k8s_pod_name")).isEqualTo("<NA>");
        }
    }

    @Test
    void aSlowSubscriberReadsFromTheJournalAndMissesNothing() throws Exception {
        try (RunningGateway gateway = gateway("");
                FalcoClient slow = new FalcoClient(socket());
                FalcoClient fast = new FalcoClient(socket())) {
            FalcoClient.Subscription paused = slow.sub();
            FalcoClient.Subscription reading = fast.sub();
            paused.pause();
            post(gateway, 0, 3_000);
            await().until(() -> reading.events().size() == 3_000);
            assertThat(paused.events()).isEmpty();
            // What is written to it is bounded, whatever came.
            assertThat(sent(gateway)).isLessThan(3_000 + 1_500);
            paused.resume();
            await().until(() -> paused.events().size() == 3_000);
            assertThat(rules(paused)).isEqualTo(rules(0, 3_000));
        }
    }

    @Test
    void callsThatAreCancelledLeaveTheOthersOfTheirConnection() throws Exception {
        try (RunningGateway gateway = gateway("");
                FalcoClient client = new FalcoClient(socket())) {
            FalcoClient.Subscription sub = client.sub();
            for (int i = 0; i < 100; i++) {
                client.getAndCancel();
            }
            assertThat(client.get()).isEmpty();
            post(gateway, 0, 5);
            await().untilAsserted(() -> assertThat(rules(sub)).isEqualTo(rules(0, 5)));
        }
    }

    @Test
    void holdsTheWholeEventInOutputWhereThatIsAsked() throws Exception {
        try (RunningGateway gateway = gateway("json_output: true");
                FalcoClient client = new FalcoClient(socket())) {
            FalcoClient.Subscription sub = client.sub();
            gateway.post(EVENT);
            await().untilAsserted(() -> assertThat(sub.events()).hasSize(1));
            JsonObject whole = new JsonObject(sub.events().get(0).getOutput());
            assertThat(whole.getJsonObject("output_fields").getInteger("proc.pid"))
                    .isEqualTo(12);
            assertThat(whole.getJsonObject("gateway").getString("id")).isEqualTo("1");
        }
    }

    @Test
    void feedsAnotherGatewayAsAFalcoDoes() throws Exception {
        Path second = Files.createDirectory(folder.resolve("second"));
        try (RunningGateway gateway = gateway("json_output: true");
                RunningGateway next = RunningGateway.in(
                        second, "sources: [{name: up, grpc: \"unix://" + socket() + "\", poll: 50ms}]\n")) {
            await().untilAsserted(() -> assertThat(next.get("/api/sources")).contains("\"connected\""));
            await().untilAsserted(() -> assertThat(gateway.get("/metrics")).contains("grpc_subscribers 1.0"));
            gateway.post(EVENT);
            await().untilAsserted(() -> assertThat(next.lines()).hasSize(1));
            JsonObject event = new JsonObject(next.lines().get(0));
            assertThat(event.getString("hostname")).isEqualTo("web-1");
            assertThat(event.getJsonObject("gateway").getString("via")).isEqualTo("http");
            assertThat(event.getJsonObject("gateway")
                            .getJsonArray("path")
                            .getJsonObject(0)
                            .getString("via"))
                    .isEqualTo("grpc");
        }
    }

    private static void post(RunningGateway gateway, int from, int to) throws Exception {
        StringBuilder body = new StringBuilder();
        rules(from, to)
                .forEach(rule -> body.append(EVENT.replace("Bad thing", rule)).append('\n'));
        assertThat(gateway.post(body.toString()).statusCode()).isEqualTo(200);
    }

    private static int sent(RunningGateway gateway) throws Exception {
        return gateway.get("/metrics")
                .lines()
                .filter(line -> line.startsWith("falco_gateway_grpc_sent_total "))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.indexOf(' '))))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> rules(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "rule " + i).toList();
    }

    private static List<String> rules(FalcoClient.Subscription sub) {
        return rules(List.copyOf(sub.events()));
    }

    private static List<String> rules(List<response> events) {
        return events.stream().map(response::getRule).toList();
    }
}
