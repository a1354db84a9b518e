import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Looks at a process's resident memory four times a second until it is asked. Thread-safe. */
final class Memory implements AutoCloseable {

    private final List<Double> samples = Collections.synchronizedList(new ArrayList<>());
    private final Thread thread;
    private final long pid;

    Memory(long pid) {
        this.pid = pid;
        thread = new Thread(this::run, "memory");
        thread.setDaemon(true);
        thread.start();
    }

    /** How far it was from its median at most, in MiB. */
    double off() {
        List<Double> sorted = sorted();
        double median = sorted.get(sorted.size() / 2);
        return Round.to(1, Math.max(median - sorted.get(0), sorted.get(sorted.size() - 1) - median));
    }

    JsonObject json() {
        List<Double> sorted = sorted();
        return new JsonObject()
                .put("first", samples.get(0))
                .put("least", sorted.get(0))
                .put("median", sorted.get(sorted.size() / 2))
                .put("most", sorted.get(sorted.size() - 1))
                .put("off_median", off());
    }

    private List<Double> sorted() {
        synchronized (samples) {
            return samples.stream().sorted().toList();
        }
    }

    private void run() {
        try {
            while (true) {
                samples.add(Proc.rssMib(pid));
                Thread.sleep(250);
            }
        } catch (InterruptedException ended) {
            // enough
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
