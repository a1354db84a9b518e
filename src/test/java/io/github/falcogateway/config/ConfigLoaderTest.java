package io.github.falcogateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {

    @TempDir
    Path folder;

    @Test
    void tellsOfAPathThatNoFileCanHave() throws Exception {
        for (String yaml : new String[] {
            "auth: {view: {htpasswd: \"a\\0b\"}}",
            "listen: {tls: {cert: \"a\\0b\", key: \"a\\0b\"}}",
            "routes: [\"a\\0b\"]",
            "hosts: \"a\\0b\"",
            "falco_rules: [\"a\\0b\"]",
            "journal: {path: \"a\\0b\"}",
            "sinks: {a: {type: file, path: \"a\\0b\"}}",
            "sources: [{name: a, grpc: \"h:1\", tls: {ca: \"a\\0b\", cert: x, key: x}}]",
            "node: \"${file:a\\0b}\""
        }) {
            assertThat(problems(yaml)).as(yaml).isNotEmpty();
        }
    }

    @Test
    void tellsOfWhatNoSinkCanWorkWith() throws Exception {
        for (String yaml : new String[] {
            "sinks: {a: {type: http, url: \"http://h/\", timeout: 0}}",
            "sinks: {a: {type: discord, url: \"http://h/\", timeout: 0s}}",
            "sinks: {a: {type: discord, url: \"http://h:99999/\"}}",
            "sinks: {a: {type: http, url: \"http://h:99999/\"}}",
            "sinks: {a: {type: alertmanager, urls: [\"http://h:99999/\"]}}",
            "sinks: {a: {type: http, url: \"http://h/\", content_type: \"a\\nb\"}}"
        }) {
            assertThat(problems(yaml + "\nroutes: []")).as(yaml).hasSize(1);
        }
    }

    @Test
    void tellsOfASinkWithoutValueAtItsOwnPlace() throws Exception {
        assertThat(problems("sinks:\n  a: {type: stdout}\n  b:\nroutes: []"))
                .singleElement()
                .asString()
                .startsWith("3:5: sink b needs a type");
    }

    @Test
    void looksAtTheFileOfPeopleForChanges() throws Exception {
        Path people = Files.writeString(folder.resolve("htpasswd"), "");
        Path file = folder.resolve("gateway.yaml");
        Files.writeString(file, "auth: {view: {htpasswd: " + people + "}}\n");
        assertThat(ConfigLoader.load(Optional.of(file), Map.of()).inputs().files())
                .contains(people);
    }

    @Test
    void theShippedFileEqualsTheDefaults() throws Exception {
        Loaded shipped = ConfigLoader.load(Optional.of(Path.of("conf/gateway.yaml")), Map.of());
        assertThat(shipped.problems()).isEmpty();
        Loaded builtIn = load("{}");
        GatewayConfig a = shipped.config();
        GatewayConfig b = builtIn.config();
        assertThat(a).isNotNull();
        assertThat(b).isNotNull();
        assertThat(a.listen()).isEqualTo(b.listen());
        assertThat(a.limits()).isEqualTo(b.limits());
        assertThat(a.journal()).isEqualTo(b.journal());
        assertThat(a.sinks()).isEqualTo(b.sinks());
        assertThat(a.naming()).isEqualTo(b.naming());
        assertThat(a.shutdownGrace()).isEqualTo(b.shutdownGrace());
    }

    @Test
    void tellsOfASizeBeyondAllCountingAndTakesZeroWithoutAUnit() throws Exception {
        assertThat(problems("limits: {body: 999999999TiB}"))
                .singleElement()
                .asString()
                .isEqualTo("1:16: body must be a size such as 512KiB, 4MiB, 10GiB");
        assertThat(problems("dedup: {window: 0}")).isEmpty();
    }

    @Test
    void refusesLimitsThatLetNothingThrough() throws Exception {
        assertThat(problems("limits: {body: 0, events_per_request: 0, connections: 0, header: 0}"))
                .hasSize(4)
                .element(1)
                .asString()
                .startsWith("1:39: limits.events_per_request must be more than 0");
    }

    @Test
    void refusesABatchOfNothing() throws Exception {
        assertThat(problems("sinks: {o: {type: stdout, batch: 0}}\ndefault: []"))
                .contains("1:34: batch must be a whole number of at least 1");
    }

    @Test
    void refusesAJournalThatKeepsNothing() throws Exception {
        assertThat(problems("journal: {keep: {size: 0}, segment: {size: 0}}"))
                .satisfiesExactly(
                        keep -> assertThat(keep).startsWith("1:24: journal.keep.size must be more than 0"),
                        segment -> assertThat(segment).startsWith("1:44: journal.segment.size must be more than 0"));
    }

    @Test
    void saysWhereAKeyBelongsAndThatADefaultIsPlainText() throws Exception {
        assertThat(problems("compat: [falcosidekick]"))
                .containsExactly("1:9: compat is a key of the sink of type prometheus");
        assertThat(problems("node: \"${A_B:-${C_D}}\""))
                .singleElement()
                .asString()
                .contains("one reference in another");
    }

    @Test
    void theExamplesAreFine() {
        Loaded example = ConfigLoader.load(
                Optional.of(Path.of("conf/examples/discord.yaml")),
                Map.of("DISCORD_WEBHOOK_URL", "https://discord.com/api/webhooks/1/abc"));
        assertThat(example.problems()).isEmpty();
    }

    @Test
    void tellsEveryProblemAtOnceWithItsPlace() throws Exception {
        List<String> problems = problems("""
                listen: {http: "0.0.0.0:2801"}
                limts: {body: 1}
                limits:
                  body: 4Mib
                sinks:
                  archive: {type: fil, path: x}
                  chat:
                    type: discord
                    url: "${NO_SUCH_VARIABLE}"
                routes: [nowhere.yaml]
                shutdown_grace: 10 seconds
                """);
        assertThat(problems)
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("1:16: listen.http is not a loopback")
                                .contains("view: none"),
                        line -> assertThat(line).isEqualTo("2:1: unknown key limts (did you mean \"limits\"?)"),
                        line -> assertThat(line).startsWith("4:9: body must be a size"),
                        line -> assertThat(line)
                                .startsWith("6:19: unknown sink type fil")
                                .contains("did you mean \"file\""),
                        line -> assertThat(line)
                                .startsWith("9:10: the environment variable NO_SUCH_VARIABLE is not set"),
                        line -> assertThat(line).contains("needs the url"),
                        line -> assertThat(line).isEqualTo("10:10: the file nowhere.yaml does not exist"),
                        line -> assertThat(line).startsWith("11:17: shutdown_grace must be a duration"));
    }

    @Test
    void pointsIntoAConditionOverSeveralLines() throws Exception {
        Path routes = folder.resolve("routes.yaml");
        Files.writeString(routes, """
                - macro: prod
                  condition: host startswith prod-
                - route: a
                  condition: >
                    priority >= Warning
                    and prodd
                  to: [archve]
                - route: b
                  condition: proc.name = x and
                  to: []
                """);
        List<String> problems = problems("routes: [" + routes + "]");
        assertThat(problems)
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo("6:9: in route a: macro prodd is not defined (did you mean \"prod\"?)"),
                        line -> assertThat(line)
                                .isEqualTo("7:8: sink archve does not exist (did you mean \"archive\"?)"),
                        line -> assertThat(line).startsWith("9:31: in route b: expected a blank"));
    }

    @Test
    void appendsAndOverridesAsFalcoDoes() throws Exception {
        Path routes = folder.resolve("routes.yaml");
        Files.writeString(routes, """
                - list: l
                  items: [a]
                - list: l
                  append: true
                  items: [b]
                - route: r
                  condition: rule in (l)
                  to: [archive]
                - route: r
                  override: {condition: append, to: replace}
                  condition: and host = x
                  to: [metrics]
                """);
        Loaded loaded = load("routes: [" + routes + "]");
        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.config()).isNotNull();
        assertThat(loaded.config().routes().routes()).singleElement().satisfies(route -> {
            assertThat(route.condition()).isEqualTo("rule in (l) and host = x");
            assertThat(route.to()).containsExactly("metrics");
        });
    }

    @Test
    void readsSecretsFromFilesAndNeverTellsThem() throws Exception {
        Path secret = folder.resolve("url");
        Files.writeString(secret, "not-a-url-but-secret\n");
        List<String> problems = problems("sinks: {chat: {type: discord, url: \"${file:" + secret + "}\"}}");
        assertThat(problems).isNotEmpty().noneMatch(line -> line.contains("but-secret"));
    }

    @Test
    void tellsOfACredentialThatIsThereTwiceWithBothPlaces() throws Exception {
        String file = folder.resolve("gateway.yaml").toString();
        String hash = "$2y$10$C59lHaLPqmekRM6fuXZzueIsBYLFuuppYBuZ7IZuHqj.IS.qEAZF2";
        List<String> problems = problems("""
                auth:
                  ingest:
                    - {name: a, token: one-and-the-same}
                    - {name: b, token: another-one}
                    - {name: c, host: c, token: "one-and-the-same"}
                    - {name: d, client_cert_cn: db-1}
                    - {name: e, client_cert_cn: db-1}
                    - {name: f, user: falco, password_hash: %s}
                    - {name: g, user: falco, password_hash: %s}
                """.formatted(hash, hash));
        assertThat(problems)
                .containsExactly(
                        "5:33: this token is at " + file + ":3:24 too: which of the two a sender is nobody could tell",
                        "7:33: this client_cert_cn is at " + file
                                + ":6:33 too: which of the two a sender is nobody could tell",
                        "9:45: this password_hash is at " + file
                                + ":8:45 too: which of the two a sender is nobody could tell");
    }

    @Test
    void warnsOfAUserWithTwoPasswordsAndTakesBoth() throws Exception {
        String file = folder.resolve("gateway.yaml").toString();
        String hash = "$2y$10$C59lHaLPqmekRM6fuXZzueIsBYLFuuppYBuZ7IZuHqj.IS.qEAZF2";
        Path people = Files.writeString(folder.resolve("htpasswd"), "ann:" + hash + "\n\nann:" + hash + "\n");
        Loaded loaded = load("""
                auth:
                  view: {htpasswd: %s}
                  ingest:
                    - {name: old, user: falco, password_hash: %s}
                    - {name: new, user: falco, password_hash: %s}
                """.formatted(people, hash, hash.replace("F2", "F4")));
        assertThat(loaded.config()).isNotNull();
        assertThat(loaded.problems())
                .map(Problem::toString)
                .containsExactly(
                        people + ":3:1: warning: user ann is at " + people + ":1:1 too: the last line counts",
                        file + ":5:25: warning: this user is at " + file + ":4:25 too, with another password_hash:"
                                + " which of the two a sender is depends on its password");
    }

    private List<String> problems(String yaml) throws Exception {
        return load(yaml).problems().stream()
                .map(problem -> problem.toString().substring(problem.file().length() + 1))
                .toList();
    }

    private Loaded load(String yaml) throws Exception {
        Path file = folder.resolve("gateway.yaml");
        Files.writeString(file, yaml);
        return ConfigLoader.load(Optional.of(file), Map.of());
    }
}
