package io.github.falcogateway.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.falcogateway.bus.Addresses;
import io.github.falcogateway.bus.Appended;
import io.github.falcogateway.bus.Channel;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.testing.TestEvents;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BroadcastTest {

    private static final int MANY = 100;
    /** Longer than the pause between two flushes. */
    private static final long PAUSE_MS = 50;

    /** One event loop: what is due later comes later. */
    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));

    private final Broadcast broadcast = new Broadcast();
    private final List<Flush> flushes = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void compressesOffTheEventLoopAndInOrder() {
        Channel.prepare(vertx);
        vertx.deployVerticle(broadcast).await();
        broadcast.listen(vertx.getOrCreateContext(), flushes::add);
        for (int i = 0; i < MANY; i++) {
            broadcast.join(null, true);
        }
        CountDownLatch busy = new CountDownLatch(1);
        vertx.executeBlocking(() -> {
            busy.await();
            return null;
        });
        announce(1, 3);
        vertx.timer(PAUSE_MS).await();
        announce(4, 5);
        vertx.timer(PAUSE_MS).await();
        announce(6, 6);
        assertThat(flushes).isEmpty();
        busy.countDown();
        await().until(() -> flushes.stream().anyMatch(flush -> flush.lastId() == 6));
        assertThat(flushes).extracting(Flush::firstId).containsExactly(1L, 4L);
        assertThat(flushes)
                .allSatisfy(flush -> assertThat(flush.shares().values())
                        .allSatisfy(share -> assertThat(share.packed()).isNotNull()));
    }

    private void announce(long first, long last) {
        List<JournaledEvent> events = LongStream.rangeClosed(first, last)
                .mapToObj(id -> TestEvents.journaled(id, "r", "Error"))
                .toList();
        new Channel<>(vertx, Addresses.JOURNAL_APPENDED, Appended.class).publish(new Appended(events, () -> {}));
    }
}
