import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Starts gateways that differ in one thing. Immutable. */
record Gateways(Path work, Path jar) {

    static final List<String> METRICS = List.of("metrics");

    /** What gateway.yaml says besides its address, what conf files hold by name, and the events that are sent. Immutable. */
    record Setup(String config, Map<String, String> files, Events events) {

        Setup(String config, int hosts) {
            this(config, Map.of(), new Events(hosts));
        }
    }

    /** What every gateway of the rig has: its journal, its metrics, and a route that takes all. */
    static final String PLAIN = "sinks: {metrics: {type: prometheus}}\nroutes: []\ndefault: [metrics]\n"
            + "journal: {keep: {for: 3650d, size: 60GiB}}\n";

    Target start(String name, Setup setup) throws Exception {
        return start(name, Files.createDirectories(work.resolve(name)), setup);
    }

    Target start(String name, Path folder, Setup setup) throws Exception {
        int port = Target.freePort();
        boolean table = setup.files().containsKey("hosts.yaml");
        Files.writeString(
                folder.resolve("gateway.yaml"),
                "listen: {http: \"127.0.0.1:" + port + "\"}\nhosts: " + (table ? "hosts.yaml" : "null") + "\n" + setup.config());
        for (Map.Entry<String, String> file : setup.files().entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        List<String> command = new java.util.ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
        command.addAll(Servers.FLAGS);
        command.addAll(List.of("-Xlog:gc:file=gc.log", "-jar", jar.toString(), "run", "--config", "gateway.yaml"));
        return new Target(name, folder, command, Map.of(), setup.events(), null).start(port);
    }

    /** Ends a gateway; fails where its heap was full. */
    static void stop(Target gateway) throws Exception {
        gateway.stop(60);
        if (isFull(gateway)) {
            throw new IllegalStateException(gateway.name + " ran out of memory");
        }
    }

    static boolean isFull(Target gateway) throws IOException {
        return Files.readString(gateway.folder.resolve("log")).contains("OutOfMemoryError");
    }
}
