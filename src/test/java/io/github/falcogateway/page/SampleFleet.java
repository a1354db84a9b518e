package io.github.falcogateway.page;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Events as a small fleet sends them within an hour; the same ones each time, but for the clock. */
final class SampleFleet {

    private record Rule(String name, String priority, int often, String output, List<String> tags) {}

    private static final List<Rule> RULES = List.of(
            new Rule(
                    "Delete or rename shell history",
                    "Warning",
                    30,
                    "Shell history had been deleted or renamed (user=%s command=bash"
                            + " fd.name=/home/%s/.bash_history-01112.tmp)",
                    List.of("process", "mitre_defense_evasion")),
            new Rule(
                    "Terminal shell in container",
                    "Notice",
                    22,
                    "A shell was spawned in a container with an attached terminal"
                            + " (user=%s command=bash terminal=34816 home=/home/%s)",
                    List.of("container", "shell", "mitre_execution")),
            new Rule(
                    "Read sensitive file untrusted",
                    "Warning",
                    14,
                    "Sensitive file opened for reading by non-trusted program"
                            + " (file=/etc/shadow user=%s home=/home/%s)",
                    List.of("filesystem", "mitre_credential_access")),
            new Rule(
                    "Launch Privileged Container",
                    "Informational",
                    14,
                    "Privileged container started (user=%s" + " image=fedora:latest home=/home/%s)",
                    List.of("cis", "container")),
            new Rule(
                    "Contact K8S API Server From Container",
                    "Notice",
                    10,
                    "Unexpected connection to K8s API Server from container" + " (user=%s home=/home/%s)",
                    List.of("k8s", "network")),
            new Rule(
                    "Packet socket created in container",
                    "Debug",
                    6,
                    "Packet socket was created in a container (user=%s" + " home=/home/%s)",
                    List.of("network")),
            new Rule(
                    "Write below binary dir",
                    "Error",
                    3,
                    "File below a known binary directory opened for writing (user=%s"
                            + " command=touch /bin/should_not_be_here home=/home/%s)",
                    List.of("filesystem", "mitre_persistence")),
            new Rule(
                    "Drop and execute new binary in container",
                    "Critical",
                    1,
                    "Executing binary not part of base image" + " (proc_exe=/tmp/xmrig user=%s home=/home/%s)",
                    List.of("mitre_persistence", "PCI_DSS_11.5.1")));
    private static final List<String> HOSTS =
            List.of("web-01", "web-01", "web-02", "db-01", "prod-k8s-node-3", "dev-laptop-7");

    private SampleFleet() {}

    /** NDJSON, oldest first. */
    static String events(int count, Instant until) {
        Random random = new Random(42);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            Instant at = until.minusMillis((count - i) * 3_600_000L / count);
            lines.append(event(pick(random), HOSTS.get(random.nextInt(HOSTS.size())), at, random))
                    .append('\n');
        }
        return lines.toString();
    }

    private static Rule pick(Random random) {
        int left = random.nextInt(100);
        for (Rule rule : RULES) {
            left -= rule.often();
            if (left < 0) {
                return rule;
            }
        }
        return RULES.get(0);
    }

    private static String event(Rule rule, String host, Instant at, Random random) {
        boolean history = rule.name().startsWith("Delete");
        String user = random.nextInt(4) == 0 ? "root" : "josevnz";
        return new JsonObject()
                .put("hostname", host)
                .put("output", rule.output().formatted(user, user))
                .put(
                        "output_fields",
                        new JsonObject()
                                .put("container.id", history ? "host" : "bfb9637a47a6")
                                .put("container.image.repository", history ? null : "docker.io/library/fedora")
                                .put("evt.time", at.toEpochMilli() * 1_000_000 + 398)
                                .put("fd.name", history ? "/home/" + user + "/.bash_history-01112.tmp" : "/etc/shadow")
                                .put("proc.cmdline", "bash")
                                .put("proc.name", "bash")
                                .put("user.loginuid", 1000)
                                .put("user.name", user))
                .put("priority", rule.priority())
                .put("rule", rule.name())
                .put("source", "syscall")
                .put("tags", new JsonArray(rule.tags()))
                .put("time", at.toString())
                .encode();
    }
}
