package io.github.falcogateway.sink.discord;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.codec.DecodedEvent;
import io.github.falcogateway.codec.EventDecoder;
import io.github.falcogateway.codec.KeptForm;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.testing.Corpus;
import io.github.falcogateway.testing.DiscordLimits;
import io.github.falcogateway.testing.SampleEvents;
import io.github.falcogateway.testing.TestEvents;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessageLimitsTest {

    private static final MessageWriter WRITER = new MessageWriter(DiscordSamples.look());

    @Test
    void hostileEventsStayWithinEveryLimit() {
        HostileTexts texts = new HostileTexts(42);
        List<Delivery> batch = new ArrayList<>();
        for (int id = 1; id <= 2000; id++) {
            batch.add(DiscordSamples.delivery(texts.event(id)));
        }
        List<JsonObject> messages = messages(batch, new Mentions(Map.of(Priority.ERROR, List.of("77"))));

        assertThat(messages)
                .allSatisfy(
                        message -> assertThat(DiscordLimits.violations(message)).isEmpty());
        assertThat(messages.stream()
                        .mapToInt(message -> message.getJsonArray("embeds").size())
                        .sum())
                .isEqualTo(2000);
    }

    @Test
    void messagesKeepToDiscordsOwnSchema() throws Exception {
        DiscordSchema schema = DiscordSchema.load();
        HostileTexts texts = new HostileTexts(43);
        List<Delivery> batch = new ArrayList<>();
        for (int id = 1; id <= 200; id++) {
            batch.add(DiscordSamples.delivery(texts.event(id)));
        }

        assertThat(messages(batch, new Mentions(Map.of(Priority.DEBUG, List.of("77")))))
                .allSatisfy(message -> assertThat(schema.problems(message)).isEmpty());
    }

    @Test
    void everyEventOfTheCorpusIsAMessageThatDiscordTakes() throws Exception {
        List<Delivery> batch = new ArrayList<>();
        for (String line : Files.readAllLines(Corpus.file("events.ndjson"))) {
            for (DecodedEvent decoded : new EventDecoder(1)
                    .decode(line.getBytes(StandardCharsets.UTF_8), TestEvents.NOW)
                    .events()) {
                batch.add(DiscordSamples.delivery(
                        new KeptForm().of(decoded, TestEvents.sender("web-1")).keep(batch.size() + 1L)));
            }
        }
        assertThat(batch).isNotEmpty();
        assertThat(messages(batch, Mentions.none()))
                .allSatisfy(
                        message -> assertThat(DiscordLimits.violations(message)).isEmpty());
    }

    @Test
    void theLargestEventFitsAMessage() {
        String long4k = "😀".repeat(4000);
        SampleEvents event = SampleEvents.at(Long.MAX_VALUE)
                .rule(long4k)
                .host(long4k)
                .message(long4k)
                .priority(Priority.INFORMATIONAL)
                .tags(long4k);
        for (String name : List.of(
                "user.name",
                "proc.name",
                "proc.pname",
                "proc.cmdline",
                "fd.name",
                "container.name",
                "container.image.repository",
                "k8s.ns.name",
                "k8s.pod.name")) {
            event.field(name, long4k);
        }
        for (int i = 0; i < 200; i++) {
            event.field("other." + i, long4k);
        }

        assertThat(new EventEmbed(DiscordSamples.look(), new Links(DiscordSamples.look()::publicUrl))
                        .of(new Delivery(event.build(), ""), Limits.MESSAGE_TEXT)
                        .size())
                .isLessThanOrEqualTo(Limits.MESSAGE_TEXT);
        assertThat(DiscordLimits.violations(messages(List.of(DiscordSamples.delivery(event.build())), Mentions.none())
                        .get(0)))
                .isEmpty();
    }

    @Test
    void packsTenSmallEventsInOneMessageInTheirOrder() {
        List<JsonObject> messages = messages(DiscordSamples.batch(23), Mentions.none());

        assertThat(messages)
                .extracting(message -> message.getJsonArray("embeds").size())
                .containsExactly(10, 10, 3);
        assertThat(messages.get(1).getJsonArray("embeds").getJsonObject(0).getString("title"))
                .isEqualTo("NOTICE · rule 11");
    }

    @Test
    void tellsPriorityAndRuleThenHostThenValuesTimeAndPlace() {
        JsonObject embed = embed(SampleEvents.at(17)
                .priority(Priority.CRITICAL)
                .host("web-01")
                .field("user.name", "root")
                .field("proc.cmdline", "bash -i")
                .field("container.name", "<NA>")
                .field("k8s.ns.name", "shop")
                .field("k8s.pod.name", "cart-1"));

        assertThat(embed.getString("title")).isEqualTo("CRITICAL · Terminal shell in container");
        assertThat(embed.getString("url")).isEqualTo("https://falco.example.org/?event=17");
        assertThat(embed.getString("description")).startsWith("A shell was spawned");
        assertThat(embed.getString("timestamp")).isEqualTo("2026-11-24T10:15:30.123Z");
        assertThat(embed.getJsonObject("footer").getString("text"))
                .isEqualTo("2026-11-24 10:15:30.123 UTC · #17 · syscall · gw-1");
        assertThat(embed.getJsonArray("fields").stream()
                        .map(JsonObject.class::cast)
                        .map(field -> field.getString("name") + "=" + field.getString("value")))
                .containsExactly(
                        "Host=web-01",
                        "User=root",
                        "Command=```\nbash -i\n```",
                        "Pod=shop/cart-1",
                        "Tags=container, shell");
    }

    @ParameterizedTest
    @EnumSource
    void coloursByPriority(Priority priority) {
        Map<Priority, Integer> colors = Map.of(
                Priority.EMERGENCY,
                0x992D22,
                Priority.ALERT,
                0x992D22,
                Priority.CRITICAL,
                0xE74C3C,
                Priority.ERROR,
                0xE67E22,
                Priority.WARNING,
                0xF1C40F,
                Priority.NOTICE,
                0x3498DB,
                Priority.INFORMATIONAL,
                0x2ECC71,
                Priority.DEBUG,
                0x95A5A6);

        assertThat(embed(SampleEvents.at(1).priority(priority)).getInteger("color"))
                .isEqualTo(colors.get(priority));
    }

    @Test
    void leavesOutATimeThatDiscordDoesNotTake() {
        assertThat(embed(SampleEvents.at(1).time(Instant.parse("+12000-01-01T00:00:00Z")))
                        .containsKey("timestamp"))
                .isFalse();
    }

    @Test
    void notifiesNobodyUnlessRolesAreNamed() {
        JsonObject message = messages(
                        List.of(DiscordSamples.delivery(
                                SampleEvents.at(1).message("@everyone <@&99>").build())),
                        Mentions.none())
                .get(0);

        assertThat(message.containsKey("content")).isFalse();
        assertThat(message.getJsonObject("allowed_mentions").encode()).isEqualTo("{\"parse\":[]}");
    }

    @Test
    void mentionsARoleFromItsPriorityOn() {
        Mentions mentions =
                new Mentions(Map.of(Priority.CRITICAL, List.of("role:11"), Priority.WARNING, List.of("12", "role:11")));

        assertThat(mentioning(Priority.NOTICE, mentions)).isNull();
        assertThat(mentioning(Priority.WARNING, mentions)).isEqualTo("<@&12> <@&11>");
        assertThat(mentioning(Priority.ALERT, mentions)).isEqualTo("<@&11> <@&12>");
    }

    private static String mentioning(Priority priority, Mentions mentions) {
        Delivery delivery =
                DiscordSamples.delivery(SampleEvents.at(1).priority(priority).build());
        return messages(List.of(delivery), mentions).get(0).getString("content");
    }

    private static JsonObject embed(SampleEvents event) {
        return messages(List.of(DiscordSamples.delivery(event.build())), Mentions.none())
                .get(0)
                .getJsonArray("embeds")
                .getJsonObject(0);
    }

    private static List<JsonObject> messages(List<Delivery> batch, Mentions mentions) {
        List<JsonObject> messages = new ArrayList<>();
        for (int done = 0; done < batch.size(); ) {
            Look look = DiscordSamples.look("Falco", mentions);
            Parcel parcel = Parcel.pack(
                    batch.subList(done, batch.size()),
                    Limits.EMBEDS,
                    new EventEmbed(look, new Links(look::publicUrl)),
                    look);
            messages.add(Buffer.buffer(WRITER.write(parcel.message())).toJsonObject());
            done += parcel.deliveries();
        }
        return messages;
    }
}
