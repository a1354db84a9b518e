package io.github.falcogateway.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.falcogateway.codec.KeptReader;
import io.github.falcogateway.event.Draft;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.journal.Durability;
import io.github.falcogateway.journal.EmbeddedJournal;
import io.github.falcogateway.journal.EmbeddedStore;
import io.github.falcogateway.journal.JournalOptions;
import io.github.falcogateway.journal.Limit;
import io.github.falcogateway.telemetry.Telemetry;
import io.github.falcogateway.testing.StreamSocket;
import io.github.falcogateway.testing.TestEvents;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a stream that is behind comes to get what all get. */
class CatchingUpTest {

    private static final int MANY = 100;
    private static final int BYTES = 3000;
    private static final Draft EVENT =
            TestEvents.draft("{\"rule\":\"r\",\"priority\":\"Error\",\"output\":\"" + "x".repeat(BYTES) + "\"}");
    /** Each stream may have two of these on its way. */
    private static final Room LITTLE = Room.of(1, () -> 1);

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Audience audience = new Audience(null);
    private EmbeddedStore store;
    private EmbeddedJournal journal;

    @BeforeEach
    void open() throws Exception {
        audience.join(MANY, true);
        store = EmbeddedStore.open(vertx, folder, new KeptReader());
        journal = EmbeddedJournal.open(
                vertx, JournalOptions.at(folder), new KeptReader(), store, new Telemetry("t").journal());
    }

    @AfterEach
    void close() {
        journal.close().await();
        store.close().await();
        vertx.close().await();
    }

    @Test
    void goesOnWithTheNextFlushWhereverItBegan() throws Exception {
        append(3);
        CompletableFuture<Context> loop = new CompletableFuture<>();
        CompletableFuture<Stream> stream = new CompletableFuture<>();
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> {
                    Context here = vertx.getOrCreateContext();
                    loop.complete(here);
                    request.response().setChunked(true);
                    Body body = new Body(request, true, ": connected\n\n");
                    Feed.Sources from = new Feed.Sources(journal, new Replay(journal), here, LITTLE);
                    stream.complete(new Stream(from, body, audience, 3));
                })
                .listen(0)
                .await();
        try (StreamSocket client = new StreamSocket(server.actualPort(), "/", "")) {
            append(7);
            // The journal has more than this one, and the next one is to follow on it.
            Flush flush = flush(2, 6);
            loop.get().runOnContext(now -> stream.join().offer(flush));
            await().until(() -> client.lines().contains("id: 6"));
            Flush next = flush(7, 10);
            loop.get().runOnContext(now -> stream.join().offer(next));
            await().until(() -> client.lines().contains("id: 10"));
            assertThat(client.lines())
                    .filteredOn(line -> line.startsWith("id: "))
                    .containsExactly("id: 4", "id: 5", "id: 6", "id: 7", "id: 8", "id: 9", "id: 10");
            // Three as they are, what is compressed is less than one.
            assertThat(client.bodyBytes()).isLessThan(4 * BYTES);
        }
    }

    private void append(int events) {
        journal.append(Collections.nCopies(events, EVENT), Durability.CONFIGURED)
                .await();
    }

    /** One that is too much for a stream as it is, and is compressed. */
    private Flush flush(long first, long last) {
        List<JournaledEvent> events =
                journal.readAfter(first - 1, Limit.of((int) (last - first + 1))).await();
        events.forEach(event -> audience.add(Frame.of(event), LITTLE.each()));
        Audience.Batch batch = Objects.requireNonNull(audience.take(LITTLE.each()));
        Packer packer = new Packer();
        packer.begin(1000);
        return Flush.of(first, last, Map.of(audience, batch), packer);
    }
}
