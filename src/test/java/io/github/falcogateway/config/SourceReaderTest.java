package io.github.falcogateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.ingest.grpc.SourceOptions;
import io.github.falcogateway.serve.grpc.ServeOptions;
import io.github.falcogateway.testing.Certificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceReaderTest {

    @TempDir
    Path folder;

    @Test
    void readsASourceWithItsDefaults() throws Exception {
        Loaded loaded = load("sources: [{name: a, grpc: \"unix:///run/falco/falco.sock\"}]");
        assertThat(loaded.problems()).isEmpty();
        SourceOptions source = sources(loaded).get(0);
        assertThat(source.address().path()).isEqualTo("/run/falco/falco.sock");
        assertThat(source.mode()).isEqualTo(SourceOptions.Mode.SUB);
        assertThat(source.pace()).isEqualTo(SourceOptions.Pace.defaults());
        assertThat(source.pace().poll()).isEqualTo(Duration.ofMillis(200));
        assertThat(source.host()).isNull();
        assertThat(source.tls()).isNull();
    }

    @Test
    void readsEveryKey() throws Exception {
        Certificates pem = Certificates.of(folder, "x");
        Loaded loaded = load("sources: [{name: a, grpc: \"[::1]:5060\", mode: get, host: edge, poll: 1s, timeout: 3s,"
                + " retry: {min: 1s, max: 2s}, tls: {ca: " + pem.cert() + ", cert: " + pem.cert() + ", key: "
                + pem.key() + "}}]");
        assertThat(loaded.problems()).isEmpty();
        SourceOptions source = sources(loaded).get(0);
        assertThat(source.address().host()).isEqualTo("::1");
        assertThat(source.address().port()).isEqualTo(5060);
        assertThat(source.mode()).isEqualTo(SourceOptions.Mode.GET);
        assertThat(source.host()).isEqualTo("edge");
        assertThat(source.tls()).isNotNull();
    }

    @Test
    void aCertificateThatChangedIsAnotherSourceAndItsFilesAreLookedAt() throws Exception {
        Certificates pem = Certificates.of(folder, "x");
        Path ca = Files.copy(pem.cert(), folder.resolve("ca.pem"));
        String yaml = "sources: [{name: a, grpc: \"[::1]:5060\", tls: {ca: " + ca + ", cert: " + pem.cert() + ", key: "
                + pem.key() + "}}]";
        Loaded first = load(yaml);
        assertThat(sources(load(yaml))).isEqualTo(sources(first));
        assertThat(first.inputs().files()).contains(ca, pem.cert(), pem.key());
        assertThat(first.config().sources().toString()).doesNotContain("PRIVATE KEY");
        Files.copy(Certificates.of(folder, "y").cert(), ca, StandardCopyOption.REPLACE_EXISTING);
        assertThat(sources(load(yaml))).isNotEqualTo(sources(first));
    }

    @Test
    void tellsEveryMistakeWithItsPlace() throws Exception {
        Path text = Files.writeString(folder.resolve("no.pem"), "hello");
        List<String> problems = load("""
                sources:
                - {name: a, grpc: "falco"}
                - {name: a, grpc: "unix:///x", mode: push, poll: 0s}
                - {grpc: "unix://x", modee: sub}
                - {name: b, grpc: "h:5060", tls: {ca: %s, cert: /none, key: %s}}
                - {name: d, grpc: "h:5060", tls: {ca: %s}}
                - {name: c}
                """.formatted(text, text, text)).problems().stream()
                .map(problem -> problem.line() + ":" + problem.column() + " " + problem.message())
                .toList();
        assertThat(problems)
                .anySatisfy(line -> assertThat(line).startsWith("2:19 grpc must be unix:///PATH, or HOST:PORT"))
                .anySatisfy(line -> assertThat(line).startsWith("3:10 source a is there twice"))
                .anySatisfy(line -> assertThat(line).startsWith("3:38 mode must be sub or get"))
                .anySatisfy(line -> assertThat(line).contains("poll must be at least 1ms"))
                .anySatisfy(line -> assertThat(line).contains("a source needs a name"))
                .anySatisfy(line -> assertThat(line).contains("with an absolute path"))
                .anySatisfy(line -> assertThat(line).contains("unknown key modee (did you mean \"mode\"?)"))
                .anySatisfy(line -> assertThat(line).contains("no.pem holds no certificate in PEM form"))
                .anySatisfy(line -> assertThat(line).contains("tls needs ca, cert and key"))
                .anySatisfy(line -> assertThat(line).contains("the file /none cannot be read"))
                .anySatisfy(line -> assertThat(line).startsWith("7:3 grpc must be unix:///PATH such as"));
    }

    @Test
    void warnsOfPlainTcpAndTakesIt() throws Exception {
        Loaded loaded = load("sources: [{name: a, grpc: \"127.0.0.1:5060\"}]");
        assertThat(sources(loaded)).hasSize(1);
        assertThat(loaded.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.warning()).isTrue();
            assertThat(problem.message()).contains("without tls");
        });
    }

    @Test
    void readsWhereEventsAreServed() throws Exception {
        ServeOptions unix = served("listen: {grpc: \"unix:///run/g.sock\"}");
        assertThat(unix.address().path()).isEqualTo("/run/g.sock");
        assertThat(unix.socket().mode()).isEqualTo("0660");
        assertThat(unix.jsonOutput()).isFalse();
        assertThat(served("listen: {grpc: {address: \"unix:///run/g.sock\", mode: \"0600\", owner: root, group: root}}")
                        .socket())
                .isEqualTo(new ServeOptions.SocketFile("0600", "root", "root"));
        assertThat(served("listen: {grpc: {address: \"127.0.0.1:0\", insecure: true}}")
                        .tls())
                .isNull();
        assertThat(served("listen: {grpc: \"127.0.0.1:0\", insecure: true}").tls())
                .isNull();
        Certificates pem = Certificates.of(folder, "x");
        String tls = "tls: {cert: " + pem.cert() + ", key: " + pem.key() + ", client_ca: " + pem.cert() + "}";
        assertThat(served("listen: {grpc: \"0.0.0.0:5060\", " + tls + "}").tls())
                .isEqualTo(served("listen: {grpc: {address: \"0.0.0.0:5060\", " + tls + "}}")
                        .tls())
                .isNotNull();
        assertThat(load("listen: {grpc: null}").config().listen().grpc()).isNull();
    }

    @Test
    void refusesToServeOverTcpToEverybody() throws Exception {
        Certificates pem = Certificates.of(folder, "x");
        String half = "tls: {cert: " + pem.cert() + ", key: " + pem.key() + "}";
        assertThat(load("listen: {grpc: \"127.0.0.1:5060\"}").problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains(":1:16: gRPC over TCP needs mutual TLS"));
        assertThat(load("listen: {grpc: \"127.0.0.1:5060\", " + half + "}").problems())
                .isNotEmpty();
        assertThat(load("listen: {grpc: {address: \"127.0.0.1:5060\", " + half + "}}")
                        .problems())
                .anySatisfy(problem -> assertThat(problem.message()).contains("needs client_ca"));
        assertThat(load("listen: {grpc: {address: \"h:1\", insecure: true, mode: \"0600\"}}")
                        .problems())
                .anySatisfy(problem -> assertThat(problem.message()).contains("for a unix socket alone"));
        assertThat(load("listen: {grpc: {address: \"unix:///x\", mode: rw}}").problems())
                .anySatisfy(problem -> assertThat(problem.message()).contains("mode must be the permissions"));
    }

    private ServeOptions served(String yaml) throws Exception {
        Loaded loaded = load(yaml);
        assertThat(loaded.problems()).isEmpty();
        return loaded.config().listen().grpc();
    }

    private static List<SourceOptions> sources(Loaded loaded) {
        assertThat(loaded.config()).as(loaded.problems().toString()).isNotNull();
        return loaded.config().sources();
    }

    private Loaded load(String yaml) throws Exception {
        Path file = Files.writeString(folder.resolve("gateway.yaml"), yaml);
        return ConfigLoader.load(Optional.of(file), Map.of());
    }
}
