package io.github.falcogateway.sink.stdout;

import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.Fault;
import io.github.falcogateway.sink.Outcome;
import io.github.falcogateway.sink.Sink;
import io.github.falcogateway.telemetry.FaultReason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/** Writes one kept event a line, whole lines only, never on the event loop: a pipe may be full. Confined to one loop. */
public final class StdoutSink implements Sink {

    private final Vertx vertx;
    private final PrintStream out;

    /** @param out the standard output, but for tests */
    public StdoutSink(Vertx vertx, PrintStream out) {
        this.vertx = vertx;
        this.out = out;
    }

    @Override
    public Future<Void> open() {
        return Future.succeededFuture();
    }

    @Override
    public Future<Outcome> deliver(List<Delivery> batch) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(batch.size() * 1024);
        for (Delivery delivery : batch) {
            lines.writeBytes(delivery.event().json());
            lines.write('\n');
        }
        // Not in the context's order: whoever reads may have stopped, and the sink's end would wait for him.
        return vertx.executeBlocking(
                () -> {
                    out.write(lines.toByteArray(), 0, lines.size());
                    out.flush();
                    // A PrintStream keeps its failure for itself until it is asked, and for good.
                    return out.checkError()
                            ? Outcome.stopped(0, Fault.passing(FaultReason.DISK, "the standard output is closed"))
                            : Outcome.delivered(batch);
                },
                false);
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
