import java.util.Random;

/** Rule tables and host tables as large organisations have them. */
final class Tables {

    private static final String[] RULES = {
        "Terminal shell in container", "Write below binary dir", "Read sensitive file untrusted", "Launch Privileged Container",
        "Contact K8S API Server From Container", "Delete or rename shell history", "Packet socket created in container"
    };
    private static final String[] PRIORITIES = {"Critical", "Error", "Warning", "Notice"};
    private static final String[] LABELS = {"payment", "search", "mail", "build"};

    private Tables() {}

    /** So many routes of which the last takes everything; the others ask as people do, and few of them match. */
    static String routes(int count) {
        Random random = new Random(7);
        StringBuilder routes = new StringBuilder();
        for (int i = 1; i < count; i++) {
            routes.append("- {route: route ").append(i).append(", condition: '").append(condition(i, random)).append("', to: [metrics]}\n");
        }
        return routes.append("- {route: everything, condition: 'priority >= Debug', to: [metrics]}\n").toString();
    }

    private static String condition(int i, Random random) {
        String priority = PRIORITIES[random.nextInt(PRIORITIES.length)];
        String rule = RULES[random.nextInt(RULES.length)];
        return switch (i % 11) {
            case 0 -> "rule = \"" + rule + "\" and host = " + Events.host(random.nextInt(1000));
            case 1 -> "rule in (\"" + rule + "\", \"Custom rule " + i + "\") and user.name = user" + random.nextInt(400);
            case 2 -> "priority >= " + priority + " and k8s.ns.name = tenant-" + i;
            case 3 -> "host startswith prod-" + i + "- and priority >= " + priority;
            case 4 -> "label.team = " + LABELS[random.nextInt(LABELS.length)] + i + " and priority >= " + priority;
            case 5 -> "proc.name in (tool" + i + ", agent" + i + ") and not user.name = root";
            case 6 -> "proc.cmdline contains \"--job=" + i + " \"";
            case 7 -> "rule = \"Custom rule " + i + "\"";
            case 8 -> "fd.name startswith /srv/app" + i + "/ and evt.type in (openat, unlinkat)";
            case 9 -> "proc.cmdline regex \".*--(job|task)=" + i + " .*\"";
            default -> "tags intersects (team_" + i + ") or k8s.pod.name glob app" + i + "-*";
        };
    }

    /** So many lines: machines by name and address, names by pattern, networks. */
    static String hosts(int count) {
        StringBuilder hosts = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String labels = ", labels: {env: e" + i % 4 + ", team: " + LABELS[i % LABELS.length] + "}}\n";
            String address = "10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255);
            switch (i % 10) {
                case 7, 8 -> hosts.append("- {match: ").append(Events.host(i)).append(labels);
                case 9 -> hosts.append(i % 20 == 9 ? "- {match: 'pool-" + i + "-*'" + labels : "- {address: " + address + "/31" + labels);
                default -> hosts.append("- {host: ").append(Events.host(i)).append(", address: ").append(address).append(labels);
            }
        }
        return hosts.toString();
    }
}
