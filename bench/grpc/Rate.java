import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** How fast events that wait in a Falco are journaled, and what that costs. */
final class Rate {

    /** Turns of a warm gateway; the last one counts. */
    private static final int WARM = 4;

    private Rate() {}

    /** Events that wait in one Falco: a cold gateway, and the same one again until it is warm. */
    static JsonObject measure(Vertx vertx, Path folder, int events) throws Exception {
        Falco falco = new Falco(vertx, folder, "rate");
        fill(falco, "cold", events);
        falco.start();
        JsonObject result = new JsonObject().put("events", events);
        try (Gateway gateway = new Gateway(folder, "rate", List.of(falco), "poll: 50ms")) {
            result.put("cold_per_second", run(falco, gateway, events, events));
            for (int turn = 1; turn <= WARM; turn++) {
                fill(falco, "warm-" + turn, events);
                long gatewayCpu = cpu(gateway.process());
                long ownCpu = cpu(ProcessHandle.current());
                result.put("per_second", run(falco, gateway, events, (1L + turn) * events));
                result.put("gateway_cpu_us_per_event", (cpu(gateway.process()) - gatewayCpu) / events);
                result.put("imitated_falco_cpu_us_per_event", (cpu(ProcessHandle.current()) - ownCpu) / events);
            }
            int all = (1 + WARM) * events;
            Set<String> found = gateway.archive(all);
            result.put("missing", all - found.size());
        }
        falco.stop();
        return result.put("ok", result.getInteger("missing") == 0);
    }

    /** Microseconds. */
    private static long cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1000;
    }

    private static void fill(Falco falco, String mark, int events) {
        for (int i = 0; i < events; i++) {
            falco.raise(mark + "-" + i);
        }
    }

    private static long run(Falco falco, Gateway gateway, int events, long until) throws Exception {
        falco.first.set(0);
        Gateway.await(120, () -> gateway.events() >= until);
        return events * 1_000_000_000L / (System.nanoTime() - falco.first.get());
    }
}
