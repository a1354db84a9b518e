import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Sends one event, waits for its answer, as Falco does; over one connection that must never close. */
final class HonestSender {

    private final int port;
    private final Set<String> sent = new HashSet<>();
    private final List<String> losses = new ArrayList<>();
    private Socket socket;

    HonestSender(int port) {
        this.port = port;
    }

    int sent() {
        return sent.size();
    }

    /** What was not answered as it must be since the last question. */
    List<String> losses() {
        List<String> since = List.copyOf(losses);
        losses.clear();
        return since;
    }

    void warmUp() throws Exception {
        until(System.nanoTime() + 4_000_000_000L);
    }

    /** How many milliseconds each answer took. */
    List<Double> until(long end) throws Exception {
        List<Double> times = new ArrayList<>();
        while (System.nanoTime() < end) {
            String id = "honest-" + sent.size();
            sent.add(id);
            long begin = System.nanoTime();
            try {
                send(id);
            } catch (IOException broken) {
                losses.add(id + " was not answered: " + broken);
                socket = null;
                if (losses.size() > 20) {
                    return times;
                }
            }
            times.add((System.nanoTime() - begin) / 1e6);
            Thread.sleep(2);
        }
        return times;
    }

    private void send(String id) throws IOException {
        if (socket == null) {
            socket = new Socket("127.0.0.1", port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(30_000);
        }
        String event = "{\"rule\":\"honest\",\"priority\":\"Error\",\"output\":\"" + id + "\",\"uuid\":\"" + id + "\"}";
        socket.getOutputStream().write(Request.post(event));
        String answer = HttpAnswer.read(socket.getInputStream());
        if (!answer.startsWith("HTTP/1.1 200")) {
            losses.add(id + " was answered " + answer.lines().findFirst().orElse("nothing"));
        }
    }

    /** What is wrong in the file, once all is there or a minute has passed. */
    List<String> check(Path file) throws Exception {
        for (int i = 0; ; i++) {
            Map<String, Integer> found = new HashMap<>();
            try (Stream<String> lines = Files.lines(file)) {
                lines.filter(line -> line.startsWith("{\"rule\":\"honest\"")).forEach(line -> {
                    int at = line.indexOf("\"uuid\":\"") + 8;
                    found.merge(line.substring(at, line.indexOf('"', at)), 1, Integer::sum);
                });
            }
            long missing = sent.stream().filter(id -> !found.containsKey(id)).count();
            long twice = found.values().stream().filter(n -> n > 1).count();
            if (missing == 0 && twice == 0) {
                return List.of();
            }
            if (i == 300) {
                return List.of("in the file " + missing + " honest events are missing, " + twice + " are there twice");
            }
            Thread.sleep(200);
        }
    }
}
