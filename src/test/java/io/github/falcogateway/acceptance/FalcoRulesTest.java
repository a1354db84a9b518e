package io.github.falcogateway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.config.ConfigLoader;
import io.github.falcogateway.config.Problem;
import io.github.falcogateway.testing.RunningGateway;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FalcoRulesTest {

    @TempDir
    Path folder;

    @Test
    void showsTheRulesOfItsFilesMergedAndTakesNewOnesByAReload() throws Exception {
        Path file = Files.writeString(folder.resolve("falco_rules.yaml"), """
                - list: shells
                  items: [bash]
                - rule: Terminal shell in container
                  desc: >
                    A shell
                    in a container.
                  condition: spawned_process
                  output: x
                  priority: NOTICE
                  tags: [shell, container]
                """);
        Path local = Files.writeString(
                folder.resolve("local.yaml"), "- {rule: Terminal shell in container, enabled: false}\n");
        String more = "falco_rules: [" + file + ", " + local + "]\n";
        try (RunningGateway gateway = RunningGateway.in(folder, more)) {
            JsonObject answer = new JsonObject(gateway.get("/api/falco-rules"));
            assertThat(answer.getInteger("lists")).isEqualTo(1);
            assertThat(answer.getJsonArray("rules").getJsonObject(0))
                    .isEqualTo(new JsonObject()
                            .put("rule", "Terminal shell in container")
                            .put("priority", "NOTICE")
                            .put("enabled", false)
                            .put("source", "syscall")
                            .put("tags", new JsonArray(List.of("container", "shell")))
                            .put("desc", "A shell in a container."));
            Files.writeString(local, "[]");
            assertThat(gateway.send("POST", "/-/reload").statusCode()).isEqualTo(200);
            assertThat(gateway.get("/api/falco-rules")).contains("\"enabled\":true");
        }
    }

    @Test
    void saysWhichFileIsMissingOrWrong() throws Exception {
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "- {rule: x, append: true, condition: and y}\n");
        Path config = Files.writeString(
                folder.resolve("gateway.yaml"),
                "falco_rules: [" + wrong + ", " + folder.resolve("absent.yaml") + "]\n");
        assertThat(ConfigLoader.load(Optional.of(config), Map.of()).problems())
                .extracting(Problem::toString)
                .anySatisfy(line -> assertThat(line).contains("gateway.yaml:1:", "wrong.yaml: rule x is changed"))
                .anySatisfy(line -> assertThat(line).contains("absent.yaml does not exist"));
    }
}
