import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** A thousand live streams while a thousand events come a second: what that takes of a core, and whether all arrive. */
final class Watched {

    private static final int HOSTS = 250;
    private static final int EVERYTHING = -1;
    private static final int RATE = 1000;
    private static final int SENDERS = 16;
    private static final int ONE_UNPACKS_IN = 50;

    private final Plan plan;
    private final Gateways gateways;

    Watched(Plan plan, Gateways gateways) {
        this.plan = plan;
        this.gateways = gateways;
    }

    /** Without a stream; each with a host, one in fifty with everything; all with everything, plain and with gzip. */
    JsonArray measure() throws Exception {
        int clients = plan.small() ? 200 : 1000;
        JsonArray rows = new JsonArray();
        try (Target gateway = gateways.start("streams", new Gateways.Setup(Gateways.PLAIN, HOSTS))) {
            Load.closed(gateway, SENDERS, plan.warmUpSeconds());
            rows.add(Pulse.steady(0.5, () -> row(gateway, "none", 0, false, i -> EVERYTHING)));
            rows.add(Pulse.steady(0.5, () -> row(gateway, "one host each, one in fifty everything", clients, false, i -> i % 50 == 0 ? EVERYTHING : i % HOSTS)));
            rows.add(Pulse.steady(0.5, () -> row(gateway, "everything each", clients, false, i -> EVERYTHING)));
            rows.add(Pulse.steady(0.5, () -> row(gateway, "everything each, gzip", clients, true, i -> EVERYTHING)));
            Gateways.stop(gateway);
        }
        return rows;
    }

    private JsonObject row(Target gateway, String name, int count, boolean gzip, IntUnaryOperator host) throws Exception {
        Say.doing(count + " streams: " + name);
        int seconds = plan.small() ? 3 : 10;
        try (Selector selector = Selector.open()) {
            List<Streams.Client> clients = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int wanted = host.applyAsInt(i);
                String condition = wanted == EVERYTHING ? "" : "host = " + Events.host(wanted);
                Streams.Client client = new Streams.Client(wanted, true);
                clients.add(Streams.open(selector, gateway.port(), gzip ? client.packed(i % ONE_UNPACKS_IN == 0) : client, condition));
            }
            Streams.reading = true;
            Thread reader = new Thread(() -> Streams.read(selector), "streams");
            reader.start();
            Streams.until(() -> clients.stream().allMatch(client -> client.open), 60);
            long warm = gateway.nextNumber() + 1;
            Load.open(gateway, SENDERS, RATE, plan.small() ? 2 : 4);
            long measured = gateway.nextNumber();
            Streams.until(() -> clients.stream().allMatch(client -> has(client, warm, measured)), 30);
            clients.forEach(client -> client.events = 0);
            long first = gateway.nextNumber() + 1;
            double cpu = Proc.cpuMicros(gateway.pid());
            double own = Proc.cpuMicros(ProcessHandle.current().pid());
            long begin = System.nanoTime();
            Load.Result load = Load.open(gateway, SENDERS, RATE, seconds);
            long last = gateway.nextNumber();
            boolean all = Streams.until(() -> clients.stream().allMatch(client -> has(client, first, last)), 30);
            double wall = (System.nanoTime() - begin) / 1e3;
            JsonObject row = new JsonObject()
                    .put("streams", count)
                    .put("each_wants", name)
                    .put("events_per_s", Round.to(0, load.perSecond()))
                    .put("delivered", clients.stream().mapToLong(client -> client.events).sum())
                    .put("incomplete", clients.stream().filter(client -> !has(client, first, last)).count())
                    .put("cut_off", clients.stream().filter(client -> client.ended).count())
                    .put("gateway_cores", Round.to(3, (Proc.cpuMicros(gateway.pid()) - cpu) / wall))
                    .put("rig_cores", Round.to(3, (Proc.cpuMicros(ProcessHandle.current().pid()) - own) / wall))
                    .put("answer_p99_ms", Round.to(1, load.latencies().millis(0.99)))
                    .put("complete", all && load.answered() == last - first);
            Streams.reading = false;
            reader.join();
            for (var key : selector.keys()) {
                key.channel().close();
            }
            return row;
        }
    }

    private static boolean has(Streams.Client client, long first, long last) {
        return !client.counts() || client.events == wanted(client, first, last);
    }

    /** How many of those numbers are of the client's host. */
    private static long wanted(Streams.Client client, long first, long last) {
        long count = 0;
        for (long number = first; number < last; number++) {
            count += client.host == EVERYTHING || number % HOSTS == client.host ? 1 : 0;
        }
        return count;
    }
}
