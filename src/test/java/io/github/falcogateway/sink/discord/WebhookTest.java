package io.github.falcogateway.sink.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.falcogateway.event.Priority;
import io.github.falcogateway.secret.Secret;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {

    @ParameterizedTest
    @CsvSource({
        "https://discord.com/api/webhooks/1/t,             /api/v10/webhooks/1/t?wait=true",
        "https://discord.com/api/v6/webhooks/1/t,          /api/v10/webhooks/1/t?wait=true",
        "https://discord.com/api/v10/webhooks/1/t,         /api/v10/webhooks/1/t?wait=true",
        "https://discord.com/api/v11/webhooks/1/t,         /api/v11/webhooks/1/t?wait=true",
        "https://ptb.discord.com/api/webhooks/1/t?thread_id=5, /api/v10/webhooks/1/t?wait=true&thread_id=5",
        "https://discord.com/api/webhooks/1/t?wait=false&a=b,  /api/v10/webhooks/1/t?wait=true&a=b",
        "https://discord.com/api/webhooks/1/t/,            /api/v10/webhooks/1/t?wait=true",
        "http://127.0.0.1:9999/hook,                       /hook?wait=true",
        "http://receiver:9999,                             /?wait=true"
    })
    void asksForVersionTenAndTheResult(String url, String uri) {
        assertThat(Webhook.of(new Secret(url), "").requestUri().reveal()).isEqualTo(uri);
        assertThat(DiscordSamples.options(url).problems()).isEmpty();
    }

    @Test
    void readsHostPortAndTls() {
        Webhook tls = Webhook.of(new Secret("https://discord.com/api/webhooks/1/t"), "");
        Webhook plain = Webhook.of(new Secret("http://[::1]:8080/x"), "");

        assertThat(List.of(tls.host(), tls.port(), tls.tls())).containsExactly("discord.com", 443, true);
        assertThat(List.of(plain.host(), plain.port(), plain.tls())).containsExactly("::1", 8080, false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s3cr3t",
                "ftp://discord.com/s3cr3t",
                "https:///s3cr3t",
                "https://discord.com/s3cr3t",
                "http://discord.com/api/webhooks/1/s3cr3t",
                "https://u:s3cr3t@discord.com/api/webhooks/1/t",
                "https://discord.com/api/webhooks/1/s3 cr3t",
                "https://discord.com/api/webhooks/1/t#s3cr3t",
                "https://discord.com/channels/1/s3cr3t",
                "https://discord.com/api/webhooks/s3cr3t",
                "https://discord.com/api/webhooks/1/s3cr3t/slack"
            })
    void refusesAnAddressThatIsNoneWithoutShowingIt(String url) {
        assertThat(DiscordSamples.options(url).problems())
                .hasSize(1)
                .allSatisfy(problem -> assertThat(problem).startsWith("url: ").doesNotContain("s3cr3t"));
    }

    @Test
    void showsTheTokenNowhere() {
        DiscordOptions options = DiscordSamples.options("https://discord.com/api/webhooks/1/s3cr3t");

        assertThat(options.toString()).doesNotContain("s3cr3t");
        assertThat(Webhook.of(options.url(), "").toString()).doesNotContain("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"My Clyde", "DISCORD bot", " x", "a\u200bb"})
    void refusesNamesThatDiscordRefuses(String username) {
        assertThat(named(username).problems()).isNotEmpty().allMatch(problem -> problem.startsWith("username: "));
    }

    @Test
    void countsNamesInCodePoints() {
        assertThat(named("😀".repeat(80)).problems()).isEmpty();
        assertThat(named("😀".repeat(81)).problems()).contains("username: at most 80 characters");
    }

    @Test
    void refusesMentionsThatAreNoIds() {
        String url = "https://discord.com/api/webhooks/1/t";
        Mentions mentions = new Mentions(Map.of(Priority.CRITICAL, List.of("@everyone")));

        assertThat(DiscordSamples.options(url, DiscordSamples.look("", mentions), 30)
                        .problems())
                .singleElement()
                .asString()
                .startsWith("mentions: ");
    }

    @Test
    void opensNoSinkWithProblems() {
        assertThatThrownBy(
                        () -> new DiscordSink(Vertx.vertx(), DiscordSamples.options("s3cr3t"), new Budgets(), () -> ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cr3t");
    }

    private static DiscordOptions named(String username) {
        return DiscordSamples.options(
                "https://discord.com/api/webhooks/1/t", DiscordSamples.look(username, Mentions.none()), 30);
    }
}
