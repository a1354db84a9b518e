import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Faults of a receiver. */
final class Sinks {

    private static final int EVENTS = 150;

    private Sinks() {}

    /** The receiver fails while events come, and is well again: all arrive, or are dead where it refused them for good. */
    static JsonObject faulty(Path folder, FaultyReceiver.Mode mode) throws Exception {
        Senders senders = new Senders();
        try (FaultyReceiver receiver = new FaultyReceiver();
                Gateway gateway = Gateway.start(folder, Faults.config(0, Processes.http(receiver.port()), ""))) {
            receiver.mode = mode;
            senders.start(gateway.port, 4);
            Gateway.await(60, () -> senders.answered.size() > EVENTS);
            senders.stop();
            boolean passes = mode == FaultyReceiver.Mode.DIE || mode == FaultyReceiver.Mode.REFUSE_SOME;
            if (!passes) {
                Gateway.await(30, () -> ill(gateway));
            } else if (mode == FaultyReceiver.Mode.REFUSE_SOME) {
                Gateway.await(60, () -> gateway.drained("out"));
            }
            receiver.mode = FaultyReceiver.Mode.OK;
            Gateway.await(120, () -> gateway.drained("out"));
            JsonObject sink = gateway.sink("out");
            Set<Long> dead = receiver.refused;
            JsonArray letters = new JsonObject(gateway.get("/api/sinks/out/dead")).getJsonArray("dead");
            JsonObject result = Faults.verdict(senders.answered, receiver.taken, new HashSet<>(dead), 0)
                    .put("twice", receiver.twice.get())
                    .put("last_error", sink.getString("last_error"));
            Faults.must(result, letters.size() == dead.size(), letters.size() + " dead letters for " + dead.size());
            return Faults.must(result, sink.getString("state").equals("running"), "it is " + sink.getString("state"));
        }
    }

    /** Whether the sink says that it does not deliver. */
    static boolean ill(Gateway gateway) {
        try {
            JsonObject sink = gateway.sink("out");
            return !sink.getString("state").equals("running")
                    && sink.getLong("lag_events") > 0
                    && sink.getString("last_error") != null;
        } catch (Exception notNow) {
            return false;
        }
    }
}
