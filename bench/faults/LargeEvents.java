import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;

/** Everybody is behind among events of nearly a megabyte, and more of them than the heap holds. */
final class LargeEvents {

    private static final int EVENTS = 300;
    private static final int BYTES = 900_000;
    private static final int MOST_BODY = 1 << 20;

    private LargeEvents() {}

    /** A sink is paused while they come, then goes on; a stream resumes, and all are exported. */
    static JsonObject run(Path folder) throws Exception {
        Senders senders = new Senders(BYTES);
        try (FaultyReceiver receiver = new FaultyReceiver();
                Gateway gateway = Gateway.start(folder, Faults.config(0, sinks(receiver.port()), ""))) {
            gateway.post("/api/sinks/out/pause");
            Gateway.await(30, () -> state(gateway).equals("paused"));
            senders.start(gateway.port, 4);
            Gateway.await(120, () -> senders.answered.size() >= EVENTS);
            senders.stop();
            gateway.post("/api/sinks/out/resume");
            Set<Long> streamed = numbers(gateway, "/api/stream?since=0", senders.answered.size());
            Set<Long> exported = numbers(gateway, "/api/events?format=ndjson", Integer.MAX_VALUE);
            Gateway.await(120, () -> gateway.drained("out") && gateway.drained("archive"));
            gateway.stop();
            JsonObject result = Faults.everywhere(folder, senders, receiver)
                    .put("largest_body", receiver.largest.get())
                    .put("streamed", streamed.size())
                    .put("exported", exported.size());
            Faults.must(result, receiver.twice.get() == 0, "some came twice over HTTP");
            Faults.must(result, receiver.largest.get() <= MOST_BODY, "a body was larger than 1 MiB");
            Faults.must(result, streamed.containsAll(senders.answered), "not all were streamed");
            Faults.must(result, exported.containsAll(senders.answered), "not all were exported");
            return Faults.must(result, !gateway.text().contains("OutOfMemory"), "the heap was full");
        }
    }

    private static String sinks(int port) {
        return "  archive: {type: file, path: events.ndjson}\n"
                + "  out: {type: http, url: \"http://127.0.0.1:" + port + "/\", batch: 500, gzip: false, timeout: 30s}\n";
    }

    private static String state(Gateway gateway) {
        try {
            return gateway.sink("out").getString("state");
        } catch (Exception notNow) {
            return "";
        }
    }

    /** The numbers in the lines of an answer, until there are so many or it ends. */
    private static Set<Long> numbers(Gateway gateway, String path, int enough) throws Exception {
        Set<Long> found = new HashSet<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(gateway.open(path), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher number = FaultyReceiver.NUMBER.matcher(line);
                if (number.find()) {
                    found.add(Long.parseLong(number.group(1)));
                }
                if (found.size() >= enough) {
                    break;
                }
            }
        }
        return found;
    }
}
