package io.github.falcogateway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.falcogateway.testing.FakeDiscord;
import io.github.falcogateway.testing.Patience;
import io.github.falcogateway.testing.RunningGateway;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages link to where people find the live view. */
class LinksTest {

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private FakeDiscord discord;

    @BeforeEach
    void start() throws Exception {
        discord = FakeDiscord.start(vertx);
        Files.writeString(folder.resolve("routes.yaml"), "- {route: chat, condition: priority >= Error, to: [chat]}\n");
    }

    @AfterEach
    void stop() throws Exception {
        discord.close();
        Patience.get(vertx.close());
    }

    @Test
    void leadToThePortThatIsBound() throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, chat())) {
            assertThat(link(gateway)).isEqualTo("http://127.0.0.1:" + gateway.port + "/?event=1");
        }
    }

    @Test
    void leadToThePortOfTheView() throws Exception {
        Path file = folder.resolve("gateway.yaml");
        String config = RunningGateway.config(folder, 0).replace(":0\"}", ":0\", admin: \"127.0.0.1:0\"}") + chat();
        try (RunningGateway gateway = RunningGateway.of(folder, Files.writeString(file, config))) {
            assertThat(link(gateway)).isEqualTo("http://127.0.0.1:" + gateway.adminPort() + "/?event=1");
        }
    }

    @Test
    void leadToTheAddressThatIsConfigured() throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, chat() + "public_url: https://falco.example.org/\n")) {
            assertThat(link(gateway)).isEqualTo("https://falco.example.org/?event=1");
        }
    }

    private String chat() {
        return "  chat: {type: discord, url: \"" + discord.url() + "\"}\n";
    }

    private String link(RunningGateway gateway) throws Exception {
        gateway.post("{\"rule\":\"R\",\"priority\":\"Critical\"}");
        await().until(() -> !discord.embeds().isEmpty());
        return discord.embeds().get(0).getString("url");
    }
}
