import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The gateway that is attacked: a process with little heap, in a folder of its own. */
final class Gateway {

    final int port;
    private final Path folder;
    private final Process process;

    private Gateway(int port, Path folder, Process process) {
        this.port = port;
        this.folder = folder;
        this.process = process;
    }

    /** Returns once it listens. It ends with this process at the latest. */
    static Gateway start() throws Exception {
        Path folder = Files.createTempDirectory("falco-gateway-bounds");
        int port = freePort();
        // One file for all, so that every honest event can be looked for in it.
        Files.writeString(
                folder.resolve("gateway.yaml"),
                "listen: {http: \"127.0.0.1:" + port + "\"}\nsinks:\n"
                        + "  archive: {type: file, path: data/events.ndjson, rotate: {size: 100GiB, every: 0s}}\n"
                        + "  metrics: {type: prometheus}\n");
        Process process = new ProcessBuilder(command())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Gateway gateway = new Gateway(port, folder, process);
        gateway.awaitListening();
        return gateway;
    }

    private static List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:+UseParallelGC", "-XX:ParallelGCThreads=2",
                "-XX:-UseGCOverheadLimit",
                "-XX:-UsePSAdaptiveSurvivorSizePolicy"));
        String classes = System.getenv("BOUNDS_CLASSPATH");
        command.addAll(classes == null
                ? List.of("-jar", Path.of("target/falco-gateway.jar").toAbsolutePath().toString())
                : List.of("-cp", classes, "io.github.falcogateway.cli.Main"));
        command.addAll(List.of("run", "--config", "gateway.yaml"));
        return command;
    }

    private void awaitListening() throws Exception {
        for (int i = 0; i < 600; i++) {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                return;
            } catch (IOException notYet) {
                if (!process.isAlive()) {
                    throw new IllegalStateException("it did not start: " + Files.readString(log()));
                }
                Thread.sleep(100);
            }
        }
        throw new IllegalStateException("it did not listen within a minute");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** In use, in MiB; 0 where it died. */
    long memory() {
        return (long) Proc.rssMib(process.pid());
    }

    /** Of its database, in bytes. */
    long storeSize() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("data"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("state.db"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    /** The file of its file sink. */
    Path events() {
        return folder.resolve("data/events.ndjson");
    }

    Path log() {
        return folder.resolve("log");
    }

    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    void delete() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
