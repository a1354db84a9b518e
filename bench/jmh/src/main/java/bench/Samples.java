package bench;

import io.github.falcogateway.codec.DecodedEvent;
import io.github.falcogateway.codec.EventDecoder;
import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.Provenance;
import io.github.falcogateway.event.Via;
import io.github.falcogateway.rule.Route;
import io.github.falcogateway.rule.RuleProblems;
import io.github.falcogateway.rule.RuleSet;
import io.github.falcogateway.rule.RuleTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Events and tables as the field has them. */
final class Samples {

    private static final Set<String> SINKS = Set.of("archive", "metrics", "chat", "team");

    private Samples() {}

    /** The events of the file that {@code -Devents} names, a JSON object a line, from a host with labels. */
    static FalcoEvent[] events() throws IOException {
        Provenance sender = new Provenance(
                Via.HTTP, "web-17", "hosts", null, "10.0.0.1", Map.of("env", "prod", "team", "web"), "gw", Instant.now());
        List<FalcoEvent> events = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(System.getProperty("events")))) {
            for (DecodedEvent one : new EventDecoder(1)
                    .decode(line.getBytes(StandardCharsets.UTF_8), Instant.now())
                    .events()) {
                events.add(one.event().from(sender));
            }
        }
        return events.toArray(FalcoEvent[]::new);
    }

    /** Ten routes as an administrator writes them. */
    static RuleTable typical() {
        return table(
                "rule = \"Delete or rename shell history\" and user.name != root",
                "priority >= Critical",
                "severity < 4 and label.env = prod",
                "rule in (\"Launch Privileged Container\", \"Terminal shell in container\", \"Read sensitive file untrusted\")",
                "label.team = web and priority >= Warning",
                "k8s.ns.name in (payments, payments-staging) and not proc.name = probe",
                "host startswith canary-",
                "rule = \"Falco internal: syscall event drop\"",
                "source = k8s_audit and priority >= Notice",
                "rule exists");
    }

    /** As many routes as a large organisation could come to: by rule, by priority and program, by host, label, text, path. */
    static RuleTable large(int routes, FalcoEvent[] events) {
        String[] conditions = new String[routes];
        for (int i = 0; i < routes; i++) {
            String rule = i % 8 == 0 ? events[i % events.length].rule() : "Rule number " + i;
            conditions[i] = switch (i % 20) {
                case 0, 1, 2, 3, 4, 5, 6, 7 ->
                    "rule = \"" + rule.replace("\"", "\\\"") + "\" and k8s.ns.name = ns-" + i;
                case 8, 9, 10, 11 -> "priority >= Error and proc.name in (sh-" + i + ", bash-" + i + ", zsh-" + i + ")";
                case 12, 13, 14 -> "host startswith db-" + i + " and priority >= Warning";
                case 15, 16 -> "label.team = team-" + i;
                case 17, 18 -> "output contains needle-" + i;
                default -> "fd.name glob /srv/" + i + "/*.conf";
            };
        }
        return table(conditions);
    }

    private static RuleTable table(String... conditions) {
        List<Route> routes = new ArrayList<>();
        for (int i = 0; i < conditions.length; i++) {
            routes.add(Route.of("route " + i, conditions[i], List.of(i % 2 == 0 ? "chat" : "team"), false));
        }
        try {
            return RuleTable.compile(
                    new RuleSet(Map.of(), Map.of(), routes, List.of("archive", "metrics"), SINKS));
        } catch (RuleProblems bad) {
            throw new IllegalStateException(bad.problems().toString(), bad);
        }
    }
}
