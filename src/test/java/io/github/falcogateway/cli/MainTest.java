package io.github.falcogateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.falcogateway.testing.GatewayProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own: what its surroundings do to it. */
class MainTest {

    @TempDir
    Path folder;

    @Test
    void printsUtf8AlsoWhereNoLocaleIsSet() throws Exception {
        Path event = Files.writeString(folder.resolve("event"), "{\"rule\":\"hö\",\"priority\":\"Error\"}");

        String printed = run(Map.of("LC_ALL", "C"), "explain", "--json", event.toString());

        assertThat(printed).contains("\"rule\":\"hö\"");
    }

    @Test
    void takesAVariableThatIsSetToNothingForNone() throws Exception {
        assertThat(run(Map.of("FALCO_GATEWAY_CONFIG", ""), "check")).startsWith("ok: 2 sinks");
    }

    @Test
    void showsTheLineOfARouteFileAndNoneThatMayHoldASecret() throws Exception {
        Path routes = Files.writeString(folder.resolve("routes.yaml"), "- {route: r, condition: rule ==, to: []}\n");
        Path users = Files.writeString(folder.resolve("htpasswd"), "ann:hunter2\n");
        Path config = Files.writeString(
                folder.resolve("g.yaml"),
                "auth: {ingest: [{name: a, token: hunter2hunter2, nmae: b}], view: {htpasswd: " + users + "}}\n"
                        + "routes: [" + routes + "]\n");

        assertThat(run(Map.of(), "check", "--config", config.toString()))
                .contains(
                        "unknown key nmae", "htpasswd:1:1: must be", "\n    - {route: r, condition: rule ==, to: []}\n")
                .doesNotContain("hunter2");
    }

    @Test
    void readsAPlainStartWithoutTheClassesThatNoArchiveKeeps() throws Exception {
        Map<String, String> told = Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load");

        assertThat(run(told, "run", "--config", "none.yaml"))
                .contains("io.github.falcogateway.config.ConfigLoader ")
                .doesNotContain("picocli.CommandLine ");
        assertThat(run(told, "run", "--help")).contains("picocli.CommandLine ");
    }

    @Test
    void refusesToGoOnWithoutTheConfigurationItStartedWith() throws Exception {
        Path file = folder.resolve("conf/gateway.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "listen: {http: \"127.0.0.1:0\"}\nauth: {view: none}\n");
        try (GatewayProcess gateway = GatewayProcess.start(folder)) {
            Files.delete(file);
            assertThat(gateway.reload().body()).contains("conf/gateway.yaml:1:1: the file does not exist");
        }
    }

    @Test
    void explainsWhatImportReadsAndNamesTheHostOfTheJournal() throws Exception {
        String event = "{\"rule\":\"r\",\"priority\":\"Error\"}";
        Path dump = Files.writeString(
                folder.resolve("dump"),
                "May 01 19:20:52 mini systemd[1]: Started Falco\nMay 01 19:29:32 mini falco[26888]: " + event + "\n");
        assertThat(run(Map.of(), "explain", dump.toString())).contains("host mini (journal)");
        Path zipped = folder.resolve("events.gz");
        try (GZIPOutputStream zip = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            zip.write(("[" + event + ",\n" + event + "]").getBytes(StandardCharsets.UTF_8));
        }
        assertThat(run(Map.of(), "explain", "--json", zipped.toString()).lines())
                .hasSize(2);
        Path drop = Files.writeString(folder.resolve("routes.yaml"), "- route: a\n  to: []\n");
        Path config = Files.writeString(folder.resolve("g.yaml"), "routes: [" + drop + "]\n");
        assertThat(run(Map.of(), "explain", "--config", config.toString(), dump.toString()))
                .contains("sinks none: dropped");
    }

    @Test
    void asksForAPasswordOnATerminalAlsoWhereTheHashGoesToAFile() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "a terminal is made by script");
        Path hash = folder.resolve("htpasswd");
        String command = String.join(" ", command("hash-password", "--user", "ann")) + " > " + hash;
        Process process = new ProcessBuilder("/usr/bin/script", "-qec", command, "/dev/null")
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().write("horse\nhorse\n".getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("Password: ", "Again: ");
        assertThat(Files.readString(hash)).startsWith("ann:$2y$").hasLineCount(1);
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                absolute(System.getProperty("java.class.path")),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private String run(Map<String, String> environment, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command(arguments));
        builder.environment().putAll(environment);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT).directory(folder.toFile());
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return printed;
    }

    private static String absolute(String path) {
        return Arrays.stream(path.split(":"))
                .map(each -> Path.of(each).toAbsolutePath().toString())
                .collect(Collectors.joining(":"));
    }
}
