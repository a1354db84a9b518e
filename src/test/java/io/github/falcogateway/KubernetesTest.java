package io.github.falcogateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.config.ConfigLoader;
import io.github.falcogateway.config.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The Kubernetes manifests are whole, and the configuration in them is one. */
class KubernetesTest {

    private static final Path MANIFEST = Path.of("docker/kubernetes/falco-gateway.yaml");

    private static List<Map<?, ?>> documents() throws IOException {
        List<Map<?, ?>> documents = new ArrayList<>();
        for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(Files.readString(MANIFEST))) {
            documents.add((Map<?, ?>) document);
        }
        return documents;
    }

    @Test
    void holdsWhatAGatewayNeeds() throws IOException {
        List<String> kinds = documents().stream()
                .map(document -> String.valueOf(document.get("kind")))
                .toList();
        assertThat(kinds).contains("ConfigMap", "PersistentVolumeClaim", "Deployment", "Service", "NetworkPolicy");
    }

    @Test
    void configuresTheGateway(@TempDir Path folder) throws IOException {
        Map<?, ?> data = documents().stream()
                .filter(document -> "ConfigMap".equals(document.get("kind")))
                .map(document -> (Map<?, ?>) document.get("data"))
                .findFirst()
                .orElseThrow();
        Files.writeString(
                folder.resolve("htpasswd"), "ann:$2a$10$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234\n");
        for (Map.Entry<?, ?> file : data.entrySet()) {
            String text = String.valueOf(file.getValue())
                    .replace("/config/", folder + "/")
                    .replace("/secrets/", folder + "/")
                    .replace("/data", folder + "/data");
            Files.writeString(folder.resolve(String.valueOf(file.getKey())), text);
        }
        Loaded loaded = ConfigLoader.load(
                Optional.of(folder.resolve("gateway.yaml")),
                Map.of("DISCORD_WEBHOOK_URL", "https://discord.com/api/webhooks/1/token"));
        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.config()).isNotNull();
    }
}
