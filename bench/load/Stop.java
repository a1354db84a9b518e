import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;

/** SIGTERM in the middle of a load, and a start after it: what was answered and never arrives is lost. */
final class Stop {

    private Stop() {}

    static JsonObject of(Target target, double seconds) throws Exception {
        Say.doing("SIGTERM under load, " + target.name);
        long before = target.missing();
        Process process = target.process();
        Thread stopping = new Thread(() -> {
            try {
                TimeUnit.MILLISECONDS.sleep((long) (seconds * 1000));
                process.destroy();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        stopping.start();
        Load.Result load = Load.closed(target, Throughput.CONNECTIONS, seconds + 15);
        stopping.join();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException(target.name + " does not stop");
        }
        int code = process.exitValue();
        target.start(target.port());
        target.drain(60);
        return new JsonObject()
                .put("server", target.name)
                .put("answered", load.answered())
                .put("exit_code", code)
                .put("lost", target.missing() - before);
    }
}
