package io.github.falcogateway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.testing.FakeDiscord;
import io.github.falcogateway.testing.Patience;
import io.github.falcogateway.testing.RunningGateway;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A storm against a receiver that validates every message and has Discord's buckets. */
class DiscordStormTest {

    private static final int EVENTS = 10_000;
    private static final Pattern IDS = Pattern.compile("#(\\d+)(?:-(\\d+))?");

    @TempDir
    Path folder;

    @Test
    void tellsAStormInAFewMessagesAndEveryCriticalEventInThem() throws Exception {
        Vertx vertx = Vertx.vertx();
        FakeDiscord discord = FakeDiscord.start(vertx).limitedTo(5, Duration.ofSeconds(2));
        String sink =
                "  chat: {type: discord, url: \"" + discord.url() + "\", budget: 30/min, storm: {interval: 2s}}\n";
        Files.writeString(
                folder.resolve("routes.yaml"), "- route: all\n  condition: priority >= Debug\n  to: [chat]\n");
        try (RunningGateway gateway = RunningGateway.in(folder, sink)) {
            assertThat(gateway.post(event(1)).statusCode()).isEqualTo(200);
            Awaitility.await().until(() -> !discord.accepted().isEmpty());
            long start = System.nanoTime();
            for (int first = 0; first < EVENTS; first += 500) {
                String body = IntStream.range(first, first + 500)
                        .mapToObj(DiscordStormTest::event)
                        .collect(Collectors.joining("\n"));
                assertThat(gateway.post(body).statusCode()).isEqualTo(200);
            }
            Awaitility.await().until(() -> criticalIds(discord.embeds()).size() == EVENTS / 100);
            // Two seconds are promised of a machine that does nothing else.
            assertThat(discord.received().stream()
                            .filter(message -> message.message().encode().contains("CRITICAL"))
                            .findFirst())
                    .hasValueSatisfying(first ->
                            assertThat(Duration.ofNanos(first.nanos() - start)).isLessThan(Duration.ofSeconds(5)));
            JsonObject notices = notices(gateway);
            assertThat(notices.getLong("routed")).isEqualTo(EVENTS + 1);
            assertThat(notices.getLong("announced") + notices.getLong("grouped") + notices.getLong("pending"))
                    .isEqualTo(EVENTS + 1);
            assertThat(discord.accepted()).hasSizeLessThanOrEqualTo(30);
            assertThat(discord.received()).hasSameSizeAs(discord.accepted());
            assertThat(gateway.get("/metrics"))
                    .contains("falco_gateway_notices{became=\"routed\",sink=\"chat\"} 10001");
        } finally {
            Patience.get(vertx.close());
        }
    }

    /** The critical events that the messages name, by their place in the journal. */
    private static Set<Long> criticalIds(List<JsonObject> embeds) {
        Set<Long> ids = new HashSet<>();
        for (JsonObject embed : embeds) {
            Matcher id = IDS.matcher(embed.getString("title").startsWith("CRITICAL") ? embed.encode() : "");
            while (id.find()) {
                long to = Long.parseLong(id.group(2) == null ? id.group(1) : id.group(2));
                for (long i = Long.parseLong(id.group(1)); i <= to; i++) {
                    ids.add(i);
                }
            }
        }
        return ids;
    }

    private static JsonObject notices(RunningGateway gateway) throws Exception {
        return new JsonObject(gateway.get("/api/sinks"))
                .getJsonArray("sinks").stream()
                        .map(JsonObject.class::cast)
                        .filter(one -> one.getString("name").equals("chat"))
                        .findFirst()
                        .orElseThrow()
                        .getJsonObject("notices");
    }

    private static String event(int i) {
        return "{\"rule\":\"rule-" + i % 7 + "\",\"priority\":\"" + (i % 100 == 0 ? "Critical" : "Warning")
                + "\",\"hostname\":\"host-" + i % 40 + "\",\"output\":\"out of " + i
                + "\",\"output_fields\":{\"proc.name\":\"p" + i % 13 + "\"}}";
    }
}
