package io.github.falcogateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.config.ConfigLoader;
import io.github.falcogateway.config.GatewayConfig;
import io.github.falcogateway.testing.RunningGateway;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoctorTest {

    @TempDir
    private Path folder;

    private List<Finding> findings(int port, String sinks) throws Exception {
        return findings(port, folder.resolve("data"), sinks);
    }

    private List<Finding> findings(int port, Path journal, String sinks) throws Exception {
        return findings(
                "listen: {http: \"127.0.0.1:" + port + "\"}\njournal: {path: " + journal + "}\nsinks: " + sinks);
    }

    private List<Finding> findings(String yaml) throws Exception {
        Path file = folder.resolve("doctor.yaml");
        Files.writeString(file, "default: []\nroutes: []\nhosts: null\n" + yaml);
        GatewayConfig config = ConfigLoader.load(Optional.of(file), Map.of()).config();
        return new Checkup(Objects.requireNonNull(config)).all();
    }

    @Test
    void findsNothingWhereAllIsWell() throws Exception {
        assertThat(findings(0, "{archive: {type: file, path: " + folder.resolve("e.ndjson") + "}}"))
                .hasSizeGreaterThan(4)
                .allSatisfy(finding ->
                        assertThat(finding.well()).as(finding.toString()).isTrue());
    }

    @Test
    void saysWhichSinkIsNotReachedWithoutItsSecret() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        String sinks = "{chat: {type: discord, url: \"http://127.0.0.1:" + closed + "/api/webhooks/1/token\"},"
                + " far: {type: http, url: \"https://user:password@no-such-host.invalid/\"}}";
        assertThat(findings(0, sinks))
                .filteredOn(finding -> !finding.well())
                .extracting(Finding::toString)
                // What a disk that others use has to say for itself.
                .filteredOn(text -> !text.contains("a sync takes"))
                .hasSize(2)
                .anySatisfy(text -> assertThat(text).contains("chat does not reach 127.0.0.1:" + closed))
                .anySatisfy(text -> assertThat(text).contains("no-such-host.invalid is not known"))
                .allSatisfy(text -> assertThat(text).doesNotContain("token").doesNotContain("password"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data", "data/journal"})
    void saysWhereTheJournalsFolderIsAFile(String path) throws Exception {
        Path file = Files.writeString(folder.resolve("data"), "a file");
        PrintStream err = System.err;
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
        try {
            assertThat(findings(0, folder.resolve(path), "{}"))
                    .filteredOn(finding -> !finding.well())
                    .singleElement()
                    .extracting(Finding::toString)
                    .asString()
                    .contains(file + " is a file", "set journal.path to a folder");
        } finally {
            System.setErr(err);
        }
        assertThat(complained.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(file).hasContent("a file");
    }

    @Test
    void asksAGatewayOnEveryAddressOnLoopback() throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            String yaml = "listen: {http: \"0.0.0.0:" + gateway.port + "\"}\nauth: {view: none}\njournal: {path: "
                    + folder.resolve("doctor") + "}\nsinks: {}";
            assertThat(findings(yaml).get(0).toString()).contains("running gateway");
        }
    }

    @Test
    void knowsARunningGatewayFromAnotherProgram() throws Exception {
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            assertThat(findings(gateway.port, "{}").get(0).toString()).contains("running gateway");
        }
        try (ServerSocket other = new ServerSocket(0)) {
            Thread silent = new Thread(() -> {
                try {
                    other.accept().close();
                } catch (java.io.IOException closed) {
                    // The test is over.
                }
            });
            silent.start();
            Finding finding = findings(other.getLocalPort(), "{}").get(0);
            assertThat(finding.well()).isFalse();
            assertThat(finding.toString()).contains("another program");
        }
    }
}
