package io.github.falcogateway.live;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BodyTest {

    /** More than a kernel keeps for a client that does not read. */
    private static final int PARTS = 64;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void breaksOffThoughTheClientReadsNothing() throws Exception {
        CompletableFuture<Body> begun = new CompletableFuture<>();
        AtomicBoolean closed = new AtomicBoolean();
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> {
                    request.response().setChunked(true).closeHandler(gone -> closed.set(true));
                    Body body = new Body(request, false, ": connected\n\n");
                    for (int i = 0; i < PARTS; i++) {
                        body.write(Buffer.buffer(new byte[1 << 20]));
                    }
                    vertx.runOnContext(written -> begun.complete(body));
                })
                .listen(0)
                .await();
        try (Socket client = new Socket()) {
            client.setReceiveBufferSize(4096);
            client.connect(new InetSocketAddress("127.0.0.1", server.actualPort()));
            client.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Body body = begun.get();
            vertx.runOnContext(now -> body.cut());
            await().until(closed::get);
        }
    }
}
