import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** A server under load: its process, and which events it has answered. Confined to the rig's threads by its lock. */
final class Target implements AutoCloseable {

    final String name;
    final Path folder;
    final Receiver receiver;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Events events;
    private final BitSet answered = new BitSet();
    private Process process;
    private int port;
    private int numbers;

    /** @param receiver where it posts events on, null for one that does not */
    Target(String name, Path folder, List<String> command, Map<String, String> environment, Events events, Receiver receiver) {
        this.name = name;
        this.folder = folder;
        this.command = command;
        this.environment = environment;
        this.events = events;
        this.receiver = receiver;
    }

    /** Starts it and waits until its port answers. */
    Target start(int onPort) throws Exception {
        port = onPort;
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        builder.environment().putAll(environment);
        process = builder.start();
        Process started = process;
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        for (long end = System.nanoTime() + 60_000_000_000L; System.nanoTime() < end && process.isAlive(); ) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port));
                return this;
            } catch (IOException notYet) {
                Thread.sleep(20);
            }
        }
        throw new IllegalStateException(name + " does not start: " + Files.readString(folder.resolve("log")));
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    Process process() {
        return process;
    }

    Events events() {
        return events;
    }

    int nextNumber() {
        return nextNumbers(1);
    }

    synchronized int nextNumbers(int count) {
        int first = numbers;
        numbers += count;
        return first;
    }

    void answered(int number) {
        answered(number, 1);
    }

    synchronized void answered(int first, int count) {
        answered.set(first, first + count);
    }

    /** How many answered events its receiver has not got yet. */
    long missing() {
        BitSet wanted;
        synchronized (this) {
            wanted = (BitSet) answered.clone();
        }
        return receiver == null ? 0 : receiver.missing(wanted);
    }

    /** How many answered events are not among those. */
    synchronized long missing(BitSet there) {
        BitSet rest = (BitSet) answered.clone();
        rest.andNot(there);
        return rest.cardinality();
    }

    /** Waits until the receiver has all that was answered. Returns the milliseconds it took. */
    double drain(int seconds) throws InterruptedException {
        long since = System.nanoTime();
        long end = since + seconds * 1_000_000_000L;
        long before = -1;
        while (receiver != null && System.nanoTime() < end) {
            long missing = missing();
            if (missing == 0) {
                break;
            }
            if (missing != before) {
                before = missing;
                end = Math.max(end, System.nanoTime() + 5_000_000_000L);
            }
            Thread.sleep(10);
        }
        return (System.nanoTime() - since) / 1e6;
    }

    /** Ends it with SIGTERM, or after the seconds by force. */
    void stop(int seconds) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(seconds, java.util.concurrent.TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }
}
