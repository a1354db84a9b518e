package io.github.falcogateway.sink.discord;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.event.Priority;
import io.github.falcogateway.testing.DiscordLimits;
import io.github.falcogateway.testing.FakeDiscord;
import io.github.falcogateway.testing.SampleEvents;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator says of the messages' look is what arrives in Discord. */
class LookTest {

    private final Vertx vertx = Vertx.vertx();
    private FakeDiscord discord;

    @BeforeEach
    void open() throws Exception {
        discord = FakeDiscord.start(vertx);
    }

    @AfterEach
    void close() throws Exception {
        DiscordSamples.await(vertx.close());
    }

    @Test
    void showsTheFieldsThatAreAskedForInTheirOrder() throws Exception {
        JsonObject embed = send(
                List.of("proc.pname", "user.name", "my.own", "not.there"),
                "",
                event().field("user.name", "root")
                        .field("proc.pname", "sshd")
                        .field("my.own", "x")
                        .field("fd.name", "/etc/a"));

        assertThat(fields(embed)).hasSize(4).startsWith("Host=web-01").containsSubsequence("User=root", "my.own=x");
        assertThat(fields(embed).get(1)).endsWith("=sshd");
        assertThat(embed.encode()).doesNotContain("/etc/a", "not.there", "Tags");
    }

    @Test
    void writesTheTextOfATemplate() throws Exception {
        JsonObject embed = send(
                List.of(),
                "**{{rule}}** on {{host}}, {{priority}}: {{message}} by {{user.name}}{{#k8s.pod.name}} in {{k8s.pod.name}}{{/k8s.pod.name}}{{not.there}}.",
                event().rule("Shell").message("it began").field("user.name", "root"));

        assertThat(embed.getString("description")).isEqualTo("**Shell** on web-01, Critical: it began by root.");
    }

    @Test
    void letsMarkdownOfTheTemplateWorkAndNoneOfAnEvent() throws Exception {
        JsonObject embed = send(
                List.of(),
                "**{{user.name}}** {{{message}}}",
                event().message("**loud** @everyone [x](https://evil.example)").field("user.name", "_root_ {{rule}}"));

        String text = embed.getString("description");
        assertThat(text).startsWith("**").contains("{{rule}}");
        assertThat(text).doesNotContain("**loud**", "@everyone", "[x](");
    }

    @Test
    void staysWithinTheLimitsWhateverTheTemplateMakes() throws Exception {
        String many = "{{message}}".repeat(200);
        JsonObject embed = send(List.of(), many, event().message("m".repeat(3000)));

        assertThat(embed.getString("description")).endsWith("…");
    }

    private static SampleEvents event() {
        return SampleEvents.at(1).priority(Priority.CRITICAL).host("web-01");
    }

    private JsonObject send(List<String> fields, String template, SampleEvents event) throws Exception {
        Look look = new Look(
                "Falco", "", Mentions.none(), Priority.CRITICAL, fields, template, "https://falco.example.org");
        DiscordSink sink = new DiscordSink(
                vertx, DiscordSamples.options(discord.url(), look, 600_000_000), new Budgets(), () -> "");
        DiscordSamples.await(sink.open());
        DiscordSamples.deliver(vertx.getOrCreateContext(), sink, List.of(DiscordSamples.delivery(event.build())));
        DiscordSamples.await(sink.close());
        JsonObject message = discord.accepted().get(0);
        assertThat(DiscordLimits.violations(message)).isEmpty();
        return message.getJsonArray("embeds").getJsonObject(0);
    }

    private static List<String> fields(JsonObject embed) {
        return embed.getJsonArray("fields").stream()
                .map(JsonObject.class::cast)
                .map(field -> field.getString("name") + "=" + field.getString("value"))
                .toList();
    }
}
