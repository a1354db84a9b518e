import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The fault rig: each scenario ends in answered = delivered + dead + pending, by number. See bench/README.md. */
public final class Faults {

    /** One fault and what must be true after it; it says why it cannot be tried here, or null. */
    interface Scenario {
        JsonObject run(Path folder) throws Exception;
    }

    /** What a machine lacks for a scenario. */
    static final class Skipped extends Exception {
        private static final long serialVersionUID = 1;

        Skipped(String why) {
            super(why);
        }
    }

    /** So many of the lost events are named. */
    private static final int SHOWN = 5;

    private Faults() {}

    public static void main(String[] args) throws Exception {
        int kills = 50;
        int events = 1_000_000;
        Set<String> only = Set.of();
        for (int i = 0; i + 1 < args.length; i += 2) {
            switch (args[i]) {
                case "--kills" -> kills = Integer.parseInt(args[i + 1]);
                case "--events" -> events = Integer.parseInt(args[i + 1]);
                case "--only" -> only = Set.of(args[i + 1].split(","));
                default -> throw new IllegalArgumentException("unknown option " + args[i]);
            }
        }
        JsonArray results = new JsonArray();
        boolean ok = true;
        for (Map.Entry<String, Scenario> scenario : scenarios(kills, events).entrySet()) {
            if (only.isEmpty() || only.contains(scenario.getKey())) {
                JsonObject result = run(scenario.getKey(), scenario.getValue());
                System.err.println(result.encode());
                results.add(result);
                ok &= !result.getString("verdict").equals("failed");
            }
        }
        System.out.println(new JsonObject()
                .put("verdict", ok ? "ok" : "failed")
                .put("scenarios", results)
                .encode());
        System.exit(ok ? 0 : 1);
    }

    private static Map<String, Scenario> scenarios(int kills, int events) {
        Map<String, Scenario> all = new LinkedHashMap<>();
        all.put("kill", folder -> Processes.kills(folder, kills));
        all.put("crash-points", folder -> CrashPoints.run(folder, kills >= 50));
        all.put("handover", folder -> Processes.handover(folder, Math.max(2, kills / 10)));
        all.put("descriptors", Processes::descriptors);
        all.put("clock", Processes::clock);
        for (FaultyReceiver.Mode mode : FaultyReceiver.Mode.values()) {
            if (mode != FaultyReceiver.Mode.OK) {
                all.put("sink-" + mode.name().toLowerCase().replace('_', '-'), folder -> Sinks.faulty(folder, mode));
            }
        }
        all.put("sink-wrong-tls", WrongTls::run);
        all.put("large-events", LargeEvents::run);
        all.put("sink-outage", folder -> Outage.run(folder, events));
        all.put("disk-full", Disks::full);
        all.put("disk-read-only", Disks::readOnly);
        all.put("disk-read-only-at-start", Disks::readOnlyAtStart);
        all.put("system-calls", SystemCalls::run);
        all.put("damage-cut", folder -> Disks.damaged(folder, true));
        all.put("damage-flip", folder -> Disks.damaged(folder, false));
        return all;
    }

    private static JsonObject run(String name, Scenario scenario) throws Exception {
        Path folder = Files.createTempDirectory("falco-gateway-" + name);
        JsonObject result;
        long begin = System.nanoTime();
        try {
            result = scenario.run(folder);
        } catch (Skipped skipped) {
            result = new JsonObject().put("verdict", "skipped").put("why", skipped.getMessage());
        } catch (Exception failed) {
            result = new JsonObject().put("verdict", "failed").put("why", String.valueOf(failed));
        }
        if ("failed".equals(result.getString("verdict"))) {
            result.put("folder", folder.toString());
        } else {
            delete(folder);
        }
        return new JsonObject()
                .put("name", name)
                .mergeIn(result)
                .put("seconds", Math.round((System.nanoTime() - begin) / 1e8) / 10.0);
    }

    /** What became of the events that were answered; ok where none is missing and nothing came twice that must not. */
    static JsonObject verdict(Set<Long> answered, Set<Long> delivered, Set<Long> dead, long missingAllowed) {
        Set<Long> missing = new HashSet<>(answered);
        missing.removeAll(delivered);
        missing.removeAll(dead);
        return new JsonObject()
                .put("verdict", missing.size() <= missingAllowed && !answered.isEmpty() ? "ok" : "failed")
                .put("answered", answered.size())
                .put("delivered", (int) answered.stream().filter(delivered::contains).count())
                .put("dead", dead.size())
                .put("lost", missing.size())
                .put("lost_numbers", new JsonArray(missing.stream().sorted().limit(SHOWN).toList()));
    }

    /** Every answered event once in the file, on a whole line, and at least once over HTTP. */
    static JsonObject everywhere(Path folder, Senders senders, FaultyReceiver receiver) throws IOException {
        Lines lines = Lines.in(folder);
        JsonObject result = verdict(senders.answered, lines.numbers, Set.of(), 0)
                .put("torn", lines.torn)
                .put("twice_in_file", lines.twice)
                .put("twice_over_http", receiver.twice.get());
        must(result, lines.torn == 0 && lines.twice == 0, "the file has torn or double lines");
        return must(result, receiver.taken.containsAll(senders.answered), "not all came over HTTP");
    }

    /** Fails the verdict where something is not as it must be. */
    static JsonObject must(JsonObject result, boolean condition, String what) {
        return condition ? result : result.put("verdict", "failed").put("why", what);
    }

    static String config(int port, String sinks, String more) {
        return "listen: {http: \"127.0.0.1:" + port + "\"}\nroutes: []\nhosts: null\njournal: {path: data" + more
                + "}\nsinks:\n" + sinks + "default: [" + names(sinks) + "]\n";
    }

    private static String names(String sinks) {
        return String.join(
                ", ",
                Arrays.stream(sinks.split("\n"))
                        .map(line -> line.strip().replaceAll(":.*", ""))
                        .toList());
    }

    static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(List.of(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new Skipped(String.join(" ", command) + " is not possible here");
        }
    }

    private static void delete(Path folder) throws Exception {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
