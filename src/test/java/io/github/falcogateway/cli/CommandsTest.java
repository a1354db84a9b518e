package io.github.falcogateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.testing.RunningGateway;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a user types them: what they print and how they exit. */
class CommandsTest {

    private static final String EVENT =
            "{\"rule\":\"%s\",\"priority\":\"%s\",\"time\":\"2026-05-01T19:29:32.918828894Z\",\"output\":\"x\",\"output_fields\":{\"proc.name\":\"sh\"}}";

    private static final Set<String> COMMANDS = Set.of("import", "events", "rules", "hash-password", "send-test");

    @TempDir
    Path folder;

    record Result(int code, String out, String err) {}

    @Test
    void importsEveryFormOfAJournalAndNamesItsHost() throws Exception {
        Path dump = folder.resolve("journal.txt");
        String event = EVENT.formatted("R", "Error");
        Files.writeString(
                dump,
                String.join(
                        "\n",
                        "May 01 19:20:52 mini systemd[1]: Started Falco",
                        "May 01 19:29:32 mini falco[26888]: " + event,
                        "2026-05-01T19:29:32+0000 mini2 falco[1]: " + event,
                        new JsonObject()
                                .put("_HOSTNAME", "mini3")
                                .put("MESSAGE", event)
                                .encode(),
                        event,
                        "19:29:32.918828894: Error no JSON output",
                        ""));
        Path array = folder.resolve("events.json.gz");
        try (GZIPOutputStream zip = new GZIPOutputStream(Files.newOutputStream(array))) {
            zip.write(("[" + event + "," + event + "]").getBytes(StandardCharsets.UTF_8));
        }
        try (RunningGateway gateway = gateway()) {
            Result result = importing(gateway, "--host", "here", dump.toString(), array.toString());
            assertThat(result.out()).isEqualTo("6 events sent, 2 lines skipped that are no events, 0 rejected\n");
            assertThat(result.code()).isZero();
            Awaitility.await().until(() -> gateway.lines().size() == 6);
            assertThat(gateway.lines().stream().map(line -> new JsonObject(line).getString("hostname")))
                    .containsExactlyInAnyOrder("mini", "mini2", "mini3", "here", "here", "here");
            assertThat(gateway.lines())
                    .allSatisfy(line -> assertThat(line).contains("\"via\":\"import\"", "\"host_from\":\"journal\""));
        }
    }

    @Test
    void followsStdinAndSaysWhereNobodyListens() throws Exception {
        Result gone = run(EVENT.formatted("R", "Error"), "import", "--to", "http://127.0.0.1:1", "-");
        assertThat(gone.code()).isEqualTo(1);
        assertThat(gone.err()).contains("cannot be reached: nothing listens there");
        assertThat(run("import", folder.resolve("none").toString()).code()).isEqualTo(2);
        try (RunningGateway gateway = gateway()) {
            assertThat(run(EVENT.formatted("R", "Error"), "import", "--to", url(gateway), "-")
                            .out())
                    .startsWith("1 events sent");
        }
    }

    @Test
    void sendsLessAtOnceWhereTheGatewayTakesLess() throws Exception {
        Path file = folder.resolve("many.ndjson");
        String event = EVENT.formatted("R", "Error");
        String large = event.replace("\"x\"", "\"" + "x".repeat(1 << 20) + "\"");
        Files.writeString(file, (event + "\n").repeat(3000) + large + "\n" + (event + "\n").repeat(100));
        try (RunningGateway gateway = gateway("limits: {body: 64KiB}")) {
            Result result = importing(gateway, file.toString());
            assertThat(result.out()).isEqualTo("3100 events sent, 0 lines skipped that are no events, 1 rejected\n");
            assertThat(result.code()).isZero();
            Awaitility.await().until(() -> gateway.lines().size() == 3100);
        }
    }

    @Test
    void readsArraysAndObjectsHoweverTheyAreLaidOut() throws Exception {
        String event = EVENT.formatted("R", "Error");
        Path array = folder.resolve("array.json");
        Files.writeString(array, "\uFEFF [\n  " + new JsonObject(event).encodePrettily() + ",\n" + event + "]\n");
        Path pretty = folder.resolve("pretty.json");
        Files.writeString(pretty, new JsonObject(event).encodePrettily() + "\n" + event);
        Path bracket = folder.resolve("monotonic.txt");
        Files.writeString(bracket, "[  123.456789] mini falco[1]: " + event + "\n[info] no event\n");
        try (RunningGateway gateway = gateway()) {
            assertThat(importing(gateway, array.toString(), pretty.toString(), bracket.toString())
                            .out())
                    .isEqualTo("5 events sent, 1 lines skipped that are no events, 0 rejected\n");
            Awaitility.await().until(() -> gateway.lines().size() == 5);
            assertThat(gateway.lines().get(4)).contains("\"hostname\":\"mini\"");
        }
    }

    @Test
    void resumesAnInterruptedImportWithoutDoublingAnEvent() throws Exception {
        Path file = folder.resolve("many.ndjson");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            // Every tenth line is the same as another one: equal events are events of their own.
            lines.append(EVENT.formatted("R" + (i % 10 == 0 ? 0 : i), "Error")).append('\n');
        }
        Files.writeString(file, lines);
        try (RunningGateway gateway = gateway()) {
            assertThat(importing(gateway, file.toString()).out()).startsWith("5000 events sent");
            Path place;
            try (var places = Files.list(folder.resolve("state"))) {
                place = places.findFirst().orElseThrow();
            }
            JsonObject interrupted = new JsonObject(Files.readString(place));
            Files.writeString(place, interrupted.put("lines", 2000).encode());
            Files.writeString(file, EVENT.formatted("new", "Error") + "\n", StandardOpenOption.APPEND);
            assertThat(importing(gateway, "--resume", file.toString()).out())
                    .isEqualTo("1 events sent, 0 lines skipped that are no events, 0 rejected, 3000 already there\n");
            assertThat(importing(gateway, "--resume", file.toString()).out()).startsWith("0 events sent");
            Awaitility.await().until(() -> gateway.lines().size() == 5001);
            assertThat(importing(gateway, file.toString()).out()).startsWith("5001 events sent");
        }
    }

    @Test
    void resumesWithALineThatWasWrittenHalfway() throws Exception {
        Path file = folder.resolve("growing.ndjson");
        String second = EVENT.formatted("second", "Error");
        Files.writeString(file, EVENT.formatted("first", "Error") + "\n" + second.substring(0, 20));
        try (RunningGateway gateway = gateway()) {
            assertThat(importing(gateway, file.toString()).out()).startsWith("1 events sent, 1 lines skipped");
            String rest = second.substring(20) + "\n" + EVENT.formatted("third", "Error") + "\n";
            Files.writeString(file, rest, StandardOpenOption.APPEND);
            assertThat(importing(gateway, "--resume", file.toString()).out())
                    .startsWith("2 events sent, 0 lines skipped");
        }
    }

    @Test
    void countsEventsOfFilesAndOfTheRunningGateway() throws Exception {
        Path file = folder.resolve("some.ndjson");
        Files.writeString(
                file,
                EVENT.formatted("=A", "Notice") + "\n" + EVENT.formatted("B", "Error") + "\n"
                        + EVENT.formatted("B", "Debug") + "\n");
        Result csv = run("events", "--csv", file.toString());
        assertThat(csv.out().lines()).hasSize(3);
        assertThat(csv.out()).contains("2,Error,B,", "1,Notice,'=A,");
        assertThat(run("events", "--json", "--filter", "priority >= Error", file.toString())
                        .out())
                .contains("\"total\" : 1");
        Result byPriority = run("events", "--by", "priority", "--csv", file.toString());
        assertThat(byPriority.out().lines())
                .hasSize(4)
                .startsWith("count,priority,hosts,first,last,fields")
                .anySatisfy(line -> assertThat(line).startsWith("1,Notice,,2026-05-01T"));
        Result wrong = run("events", "--filter", "host = a and priorty >= Error", file.toString());
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err())
                .contains("did you mean \"priority\"?")
                .endsWith("\n    host = a and priorty >= Error\n" + " ".repeat(17) + "^\n");
        try (RunningGateway gateway = gateway()) {
            gateway.post(Files.readString(file));
            assertThat(run("events", "--from", url(gateway), "--filter", "host = a and priorty >= Error"))
                    .isEqualTo(wrong);
            assertThat(run("events", "--from", url(gateway), "--by", "proc.name")
                            .out())
                    .contains("PROC.NAME", "3      Error     sh");
        }
    }

    @Test
    void showsRulesAsFalcoMergesThem() throws Exception {
        Path first = folder.resolve("falco_rules.yaml");
        Files.writeString(first, """
                - macro: m
                  condition: evt.type = open
                - list: l
                  items: [a]
                - rule: Shell
                  desc: A shell
                  condition: m
                  output: x
                  priority: NOTICE
                  tags: [container]
                - rule: Other
                  desc: Another
                  condition: m
                  output: x
                  priority: ERROR
                """);
        Path second = folder.resolve("local.yaml");
        Files.writeString(second, """
                - rule: Shell
                  tags: [mine]
                  priority: WARNING
                  override: {tags: append, priority: replace}
                ---
                - rule: Other
                  enabled: false
                """);
        JsonObject all = new JsonObject(
                run("rules", "--json", first.toString(), second.toString()).out());
        JsonObject shell = all.getJsonArray("rules").getJsonObject(0);
        assertThat(shell.getString("priority")).isEqualTo("WARNING");
        assertThat(shell.getJsonArray("tags")).containsExactly("container", "mine");
        assertThat(all.getJsonArray("rules").getJsonObject(1).getBoolean("enabled"))
                .isFalse();
        assertThat(all.getInteger("macros")).isEqualTo(1);
        assertThat(run("rules", "--filter", "enabled=false", first.toString(), second.toString())
                        .out())
                .contains("Other", "1 of 2 rules, 1 macros, 1 lists")
                .doesNotContain("Shell");
        assertThat(run("rules", "--filter", "nme=x", first.toString()).code()).isEqualTo(2);
        try (RunningGateway gateway = gateway()) {
            gateway.post("{\"rule\":\"Shell\",\"priority\":\"Notice\",\"hostname\":\"web-1\"}");
            assertThat(run("rules", "--noise", "--from", url(gateway), first.toString())
                            .out())
                    .contains("web-1 1");
        }
    }

    @Test
    void hashesAPasswordAndTestsASink() throws Exception {
        Result hash = run("correct horse\n", "hash-password", "--user", "ann");
        assertThat(hash.out()).startsWith("ann:$2y$10$");
        try (RunningGateway gateway = gateway()) {
            assertThat(run("send-test", "--to", url(gateway), "archive"))
                    .isEqualTo(new Result(0, "archive: delivered\n", ""));
            assertThat(run("send-test", "--to", url(gateway), "nothing").code()).isEqualTo(1);
        }
    }

    @Test
    void silencesInTheNameOfWhoeverRunsIt() throws Exception {
        try (RunningGateway gateway = gateway()) {
            Result added = run("silence", "add", "host = a", "--comment", "quiet", "--for", "1h", "--to", url(gateway));
            assertThat(added.err()).isEmpty();
            assertThat(added.code()).isZero();
            assertThat(gateway.get("/api/silences")).contains("\"author\":\"" + System.getProperty("user.name") + "\"");
        }
    }

    private RunningGateway gateway() throws Exception {
        return gateway("");
    }

    private RunningGateway gateway(String more) throws Exception {
        Path config = folder.resolve("gateway.yaml");
        Files.writeString(
                config,
                RunningGateway.config(folder, 0)
                                .replace("order: [claimed, address]", "order: [claimed, journal, address]")
                        + more);
        return RunningGateway.of(folder, config);
    }

    private Result importing(RunningGateway gateway, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--to", url(gateway), "--state", folder.resolve("state") + ""));
        all.addAll(List.of(arguments));
        return run("import", all.toArray(String[]::new));
    }

    static String url(RunningGateway gateway) {
        return "http://127.0.0.1:" + gateway.port;
    }

    static Result run(String first, String... rest) {
        boolean command = rest.length == 0 || !COMMANDS.contains(rest[0]);
        List<String> arguments = new ArrayList<>(List.of(rest));
        if (command) {
            arguments.add(0, first);
        }
        InputStream in = System.in;
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        try {
            System.setIn(new ByteArrayInputStream((command ? "" : first).getBytes(StandardCharsets.UTF_8)));
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
            int code = Main.execute(arguments.toArray(String[]::new));
            return new Result(
                    code, printed.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setIn(in);
            System.setOut(out);
            System.setErr(err);
        }
    }
}
