package io.github.falcogateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.config.ConfigLoader;
import io.github.falcogateway.config.Loaded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The package's files and its command, before bench/package/run installs them for real. */
@EnabledOnOs(OS.LINUX)
class DebianPackageTest {

    @TempDir
    Path folder;

    @BeforeEach
    void layOut() throws IOException {
        for (String name : List.of("gateway.yaml", "routes.yaml", "hosts.yaml")) {
            Files.writeString(folder.resolve(name), here(Files.readString(Path.of("src/deb/etc", name))));
        }
        Files.copy(Path.of("src/deb/default"), folder.resolve("default"));
    }

    @Test
    void theReadmeSwitchesDiscordOn() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        String section = readme.substring(readme.indexOf("## Install it on Debian"));
        List<String> edits = section.substring(0, section.indexOf("\n## "))
                .lines()
                .filter(line -> line.contains("sudo sed ") || line.contains("sudo tee "))
                .map(line -> here(line).replace("sudo ", ""))
                .toList();
        assertThat(edits).hasSize(3);

        run(String.join("\n", edits), Map.of());

        assertThat(Files.readString(folder.resolve("default")))
                .endsWith("\nDISCORD_WEBHOOK_URL=https://discord.com/api/webhooks/ID/TOKEN\n");
        Loaded loaded = ConfigLoader.load(
                Optional.of(folder.resolve("gateway.yaml")),
                Map.of("DISCORD_WEBHOOK_URL", "https://discord.com/api/webhooks/1/token"));
        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.config()).isNotNull();
        assertThat(loaded.config().sinks()).containsOnlyKeys("archive", "metrics", "discord-oncall");
        assertThat(loaded.config().routes().route("tell Discord")).isNotNull();
    }

    @Test
    void theCommandSeesWhatTheServiceSees() throws Exception {
        Files.writeString(folder.resolve("default"), """
                # a comment
                URL=https://x/?a=1&b=$(touch %s/bad)
                QUOTED="two words"
                SET=no
                not a line; touch %s/bad
                LAST=end""".formatted(folder, folder));
        Path java = folder.resolve("bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, "#!/bin/sh\necho \"$FALCO_GATEWAY_CONFIG|$URL|$QUOTED|$SET|$LAST|$*\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();

        String said = run(
                here(Files.readString(Path.of("src/deb/falco-gateway"))).replace("\"$@\"", "check"),
                Map.of("JAVA_HOME", folder.toString(), "SET", "yes", "JAVA_OPTS", "-Xmx1g"));

        assertThat(said)
                .isEqualTo(folder + "/gateway.yaml|https://x/?a=1&b=$(touch " + folder
                        + "/bad)|two words|yes|end|-Xmx1g -jar "
                        + "/usr/share/falco-gateway/falco-gateway.jar check\n");
        assertThat(folder.resolve("bad")).doesNotExist();
    }

    @Test
    void theCommandTakesWhatWasKeptForThisJvmAndThisJarAlone() throws Exception {
        String of17 = jvm("17");
        String of25 = jvm("25");
        Path jar = Files.createDirectories(folder.resolve("home")).resolve("falco-gateway.jar");
        Files.writeString(jar, "a jar");
        String aot = "-XX:AOTCache=" + folder.resolve("home/cache/falco-gateway.aot");
        String jsa = "-XX:SharedArchiveFile=" + folder.resolve("home/cache/falco-gateway.jsa");

        train(of25);
        assertThat(command(of25)).contains(aot, "-Xlog:aot=off");
        // The older one knows neither the option nor that there is such a log, and would not start.
        assertThat(command(of17)).doesNotContain("aot");

        train(of17);
        assertThat(command(of17)).contains(jsa).doesNotContain("aot");
        assertThat(command(of25)).doesNotContain(jsa);

        Files.writeString(Path.of(of17, "lib/modules"), "an upgrade");
        assertThat(command(of17)).doesNotContain(jsa);
        train(of17);
        assertThat(command(of17)).contains(jsa);

        Files.writeString(jar, "another jar");
        assertThat(command(of17)).doesNotContain(jsa);
    }

    @Test
    void whatFitsIsNotMadeAgain() throws Exception {
        String jvm = jvm("17");
        Files.writeString(Files.createDirectories(folder.resolve("home")).resolve("falco-gateway.jar"), "a jar");
        train(jvm);
        Path archive = folder.resolve("home/cache/falco-gateway.jsa");
        Files.writeString(archive, "kept");
        train(jvm);
        assertThat(archive).hasContent("kept");
    }

    /** A stand-in for a JVM of this version: it says how it was called, or is ready and keeps what it was told to. */
    private String jvm(String version) throws IOException {
        Path home = folder.resolve("jvm-" + version);
        Files.createDirectories(home.resolve("lib"));
        Files.writeString(home.resolve("lib/modules"), version);
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                for argument; do
                  case "$argument" in
                    -XshowSettings*) echo "    java.specification.version = %s" && exit ;;
                    -XX:ArchiveClassesAtExit=* | -XX:AOTCacheOutput=*)
                      echo >"${argument#*=}"
                      trap 'kill $!; exit 0' TERM
                      sleep 60 &
                      echo "ready on http://127.0.0.1:1"
                      wait
                      ;;
                  esac
                done
                echo "$*"
                """.formatted(version));
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return home.toString();
    }

    /** Out of the folder where the jar is, as docs/operations.md has it. */
    private void train(String jvm) throws Exception {
        String script = Path.of("src/deb/train").toAbsolutePath().toString();
        run("cd '" + folder + "'; sh '" + script + "' home/falco-gateway.jar home/cache", Map.of("JAVA_HOME", jvm));
    }

    private String command(String jvm) throws Exception {
        return run(
                here(Files.readString(Path.of("src/deb/falco-gateway"))),
                Map.of(
                        "JAVA_HOME",
                        jvm,
                        "FALCO_GATEWAY_HOME",
                        folder.resolve("home").toString()));
    }

    private String here(String text) {
        return text.replace("/etc/falco-gateway", folder.toString())
                .replace("/etc/default/falco-gateway", folder.resolve("default").toString())
                .replace("/var/lib/falco-gateway", folder.resolve("data").toString());
    }

    private static String run(String script, Map<String, String> environment) throws Exception {
        ProcessBuilder shell = new ProcessBuilder("sh", "-euc", script).redirectErrorStream(true);
        shell.environment().keySet().retainAll(List.of("PATH"));
        shell.environment().putAll(environment);
        Process process = shell.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
