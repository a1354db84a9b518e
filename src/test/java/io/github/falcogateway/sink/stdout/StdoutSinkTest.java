package io.github.falcogateway.sink.stdout;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.Outcome;
import io.github.falcogateway.testing.TestEvents;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StdoutSinkTest {

    private final Vertx vertx = Vertx.vertx();
    private final CountDownLatch writing = new CountDownLatch(1);
    private final Semaphore reading = new Semaphore(0);

    /** A pipe whose reader takes nothing until it is told to: no interrupt ends a write to it. */
    private final OutputStream stuck = new OutputStream() {
        @Override
        public void write(int one) {
            writing.countDown();
            reading.acquireUninterruptibly();
            reading.release();
        }
    };

    @AfterEach
    void close() throws Exception {
        reading.release();
        await(vertx.close());
    }

    @Test
    void writesALineAnEvent() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StdoutSink sink = new StdoutSink(vertx, new PrintStream(out, true, StandardCharsets.UTF_8));
        List<Delivery> events = List.of(event(1), event(2));
        assertThat(await(sink.deliver(events))).isEqualTo(Outcome.delivered(events));
        assertThat(out.toString(StandardCharsets.UTF_8)).hasLineCount(2).endsWith("}\n");
    }

    @Test
    void endsThoughWhoeverReadsHasStopped() throws Exception {
        StdoutSink sink = new StdoutSink(vertx, new PrintStream(stuck, true, StandardCharsets.UTF_8));
        String id = await(vertx.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                sink.deliver(List.of(event(1)));
                return Future.succeededFuture();
            }
        }));
        assertThat(writing.await(60, TimeUnit.SECONDS)).isTrue();
        await(vertx.undeploy(id));
        assertThat(reading.availablePermits()).isZero();
    }

    private static Delivery event(long id) {
        return new Delivery(TestEvents.journaled(id, "R", "Error"), "");
    }

    private static <V> V await(Future<V> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
