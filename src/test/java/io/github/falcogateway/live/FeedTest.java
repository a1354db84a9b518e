package io.github.falcogateway.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.falcogateway.codec.KeptReader;
import io.github.falcogateway.journal.EmbeddedJournal;
import io.github.falcogateway.journal.EmbeddedStore;
import io.github.falcogateway.journal.JournalOptions;
import io.github.falcogateway.telemetry.Telemetry;
import io.github.falcogateway.testing.StreamSocket;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one stream too many is told. */
class FeedTest {

    private static final int MOST = 5000;

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Telemetry telemetry = new Telemetry("t");
    private final Broadcast broadcast = new Broadcast();
    private EmbeddedStore store;
    private EmbeddedJournal journal;
    private HttpServer server;

    @BeforeEach
    void open() throws Exception {
        store = EmbeddedStore.open(vertx, folder, new KeptReader());
        journal = EmbeddedJournal.open(vertx, JournalOptions.at(folder), new KeptReader(), store, telemetry.journal());
        Router router = Router.router(vertx);
        new Feed(vertx, journal, broadcast, telemetry.feeds()).mount(router);
        server = vertx.createHttpServer().requestHandler(router).listen(0).await();
        for (int i = 0; i < MOST; i++) {
            broadcast.join(null, false);
        }
    }

    @AfterEach
    void close() {
        journal.close().await();
        store.close().await();
        vertx.close().await();
    }

    @Test
    void tellsAResumingStreamThatIsOneTooManyWhenToComeAgain() throws Exception {
        try (StreamSocket client = new StreamSocket(server.actualPort(), "/api/stream", "Last-Event-ID: 1\r\n")) {
            await().until(() -> client.lines().stream().anyMatch(line -> line.contains("retry_after")));
            assertThat(client.head()).startsWith("http/1.1 200 ok");
            assertThat(client.lines())
                    .contains("retry: 30000", "event: error")
                    .contains("data: {\"detail\":\"too many live streams are open\",\"retry_after\":30}");
        }
    }

    @Test
    void tellsAStreamThatBeginsNowTheSame() throws Exception {
        try (StreamSocket client = new StreamSocket(server.actualPort(), "/api/stream?since=0s", "")) {
            await().until(() -> client.lines().stream().anyMatch(line -> line.contains("retry_after")));
            assertThat(client.head()).startsWith("http/1.1 200 ok");
        }
    }

    @Test
    void answersAFreshStreamThatIsOneTooManyWhenToComeAgain() throws Exception {
        try (StreamSocket client = new StreamSocket(server.actualPort(), "/api/stream", "")) {
            assertThat(client.head()).startsWith("http/1.1 429").contains("retry-after: 30\n");
        }
    }
}
