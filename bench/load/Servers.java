import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How each server is started. Immutable. */
record Servers(Path work, Path jar, Path java, Path falcosidekick, Events events) {

    static final List<String> FLAGS = List.of(
            "-Xmx256m",
            "-XX:+UseParallelGC",
            "-XX:ParallelGCThreads=2",
            "-XX:-UseGCOverheadLimit",
            "-XX:-UsePSAdaptiveSurvivorSizePolicy");

    private static final String SINKS =
            """
            sinks:
              archive: {type: file, path: data/events.ndjson}
              metrics: {type: prometheus}
              receiver: {type: http, url: "http://127.0.0.1:%d/", batch: 500, gzip: false, durable: false}
            """;

    /** Ten routes as people write them; the last one has every event in all three sinks. */
    private static final String ROUTES =
            """
            - list: shells
              items: [bash, sh, zsh]
            - macro: production
              condition: host startswith prod- or k8s.ns.name in (team-1, team-2)
            - {route: page on-call, condition: 'priority >= Critical and production', to: [metrics]}
            - {route: shells as root, condition: 'proc.name in (shells) and user.name = root and container.id != host', to: [metrics]}
            - {route: writes below bin, condition: 'rule = "Write below binary dir" and fd.name startswith /usr/bin', to: [archive]}
            - {route: secrets, condition: 'fd.name pmatch (/etc/shadow, /root/.ssh) and not proc.name in (sshd)', to: [archive]}
            - {route: network, condition: 'tags intersects (network) and evt.type in (connect, accept)', to: [metrics]}
            - {route: downloads, condition: 'proc.cmdline contains curl and proc.cmdline icontains HTTP', to: [archive]}
            - {route: pods of one team, condition: 'k8s.ns.name glob team-1* and priority >= Warning', to: [metrics]}
            - {route: kernel, condition: 'rule contains "kernel module" or output contains insmod', to: [archive]}
            - {route: quiet hosts, condition: 'host glob quiet-* and priority <= Informational', to: [archive]}
            - {route: everything, condition: 'priority >= Debug', to: [archive, metrics, receiver]}
            """;

    Target bare() throws Exception {
        int port = Target.freePort();
        List<String> command = java(FLAGS, List.of("-cp", System.getProperty("java.class.path"), "BareServer", Integer.toString(port)));
        return new Target("bare", folder("bare"), command, Map.of(), events, null).start(port);
    }

    /** The gateway with its three sinks; {@code journal} is what gateway.yaml says of it besides the defaults. */
    Target gateway(String name, String journal) throws Exception {
        Receiver receiver = new Receiver();
        int port = Target.freePort();
        Path folder = folder(name);
        Files.writeString(
                folder.resolve("gateway.yaml"),
                "listen: {http: \"127.0.0.1:" + port + "\"}\nroutes: [routes.yaml]\n" + journal + SINKS.formatted(receiver.port()));
        Files.writeString(folder.resolve("routes.yaml"), ROUTES);
        List<String> flags = new ArrayList<>(FLAGS);
        flags.add("-Xlog:gc:file=gc.log");
        List<String> command = java(flags, List.of("-jar", jar.toString(), "run", "--config", "gateway.yaml"));
        return new Target(name, folder, command, Map.of(), events, receiver).start(port);
    }

    Target peer() throws Exception {
        Receiver receiver = new Receiver();
        int port = Target.freePort();
        Map<String, String> environment = Map.of(
                "LISTENADDRESS", "127.0.0.1",
                "LISTENPORT", Integer.toString(port),
                "WEBHOOK_ADDRESS", "http://127.0.0.1:" + receiver.port() + "/");
        return new Target("falcosidekick", folder("falcosidekick"), List.of(falcosidekick.toString()), environment, events, receiver)
                .start(port);
    }

    List<String> java(List<String> flags, List<String> rest) {
        List<String> command = new ArrayList<>(List.of(java.resolve("bin/java").toString()));
        command.addAll(flags);
        command.addAll(rest);
        return command;
    }

    Path folder(String name) throws IOException {
        return Files.createDirectories(work.resolve(name));
    }
}
