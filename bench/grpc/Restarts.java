import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Events that go on coming while Falcos, or the gateway, end and start again. */
final class Restarts {

    private static final String KEYS = "poll: 50ms, retry: {min: 20ms, max: 200ms}";

    private Restarts() {}

    /**
     * Ten sources, three of which end each second, whatever they are doing. Of those that are asked with get all that
     * they have written is there; a request on a sub stream that meets a server which has just ended takes with it what
     * is unread, so that these may miss one in a hundred.
     */
    static JsonObject ofFalcos(Vertx vertx, Path folder, int seconds) throws Exception {
        List<Falco> falcos = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            falcos.add(new Falco(vertx, folder, "f" + i));
            falcos.get(i).mode = i == 0 ? "get" : "sub";
            falcos.get(i).start();
        }
        int raised = 0;
        List<Falco> flapping = falcos.subList(0, 3);
        try (Gateway gateway = new Gateway(folder, "flap", falcos, KEYS)) {
            Gateway.await(20, () -> gateway.connected() == 10);
            for (int tick = 0; tick < seconds * 10; tick++) {
                raised += raise(falcos, tick);
                if (tick % 10 == 5) {
                    stop(flapping);
                } else if (tick % 10 == 9) {
                    for (Falco falco : flapping) {
                        falco.start();
                    }
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
            Gateway.await(30, () -> falcos.stream().allMatch(falco -> falco.queue.isEmpty()));
            Set<String> expected = new HashSet<>();
            falcos.forEach(falco -> expected.addAll(falco.complete));
            Set<String> found = gateway.archive(expected.size());
            expected.removeAll(found);
            long ofSub = expected.stream().filter(mark -> mark.matches("f[12]-.*")).count();
            long others = expected.size() - ofSub;
            int handed = handedOver(falcos);
            return new JsonObject()
                    .put("raised", raised)
                    .put("handed_over", handed)
                    .put("missing_of_stable_and_get", others)
                    .put("missing_of_flapping_sub", ofSub)
                    .put("reconnects", gateway.reconnects())
                    .put("ok", others == 0 && ofSub * 100 <= handed / 5);
        } finally {
            stop(falcos);
        }
    }

    /** The gateway is killed and started again while events come; the Falcos run on. */
    static JsonObject ofTheGateway(Vertx vertx, Path folder, int seconds) throws Exception {
        List<Falco> falcos = List.of(new Falco(vertx, folder, "k0"), new Falco(vertx, folder, "k1"));
        for (Falco falco : falcos) {
            falco.start();
        }
        Gateway gateway = new Gateway(folder, "kill", falcos, KEYS);
        try {
            int kills = 0;
            for (int tick = 0; tick < seconds * 10; tick++) {
                raise(falcos, tick);
                TimeUnit.MILLISECONDS.sleep(100);
                if (tick % 30 == 29) {
                    gateway.kill();
                    kills++;
                    gateway = new Gateway(folder, "kill", falcos, KEYS);
                }
            }
            Gateway.await(20, () -> falcos.stream().allMatch(falco -> falco.queue.isEmpty()));
            Gateway last = gateway;
            Gateway.await(20, () -> last.connected() == 2);
            int handed = handedOver(falcos);
            Set<String> found = gateway.archive(handed);
            int lost = handed - found.size();
            // Falco has no acknowledgement: what a drain had brought and the journal had not is lost with a kill.
            return new JsonObject()
                    .put("kills", kills)
                    .put("handed_over", handed)
                    .put("lost", lost)
                    .put("ok", lost <= kills * 1100);
        } finally {
            gateway.close();
            stop(falcos);
        }
    }

    /** How many events that were. */
    private static int raise(List<Falco> falcos, int tick) {
        for (Falco falco : falcos) {
            for (int k = 0; k < 20; k++) {
                falco.raise(falco.name + "-" + tick + "-" + k);
            }
        }
        return falcos.size() * 20;
    }

    private static int handedOver(List<Falco> falcos) {
        return falcos.stream().mapToInt(falco -> falco.complete.size()).sum();
    }

    private static void stop(List<Falco> falcos) throws Exception {
        for (Falco falco : falcos) {
            falco.stop();
        }
    }
}
