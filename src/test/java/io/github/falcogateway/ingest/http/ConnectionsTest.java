package io.github.falcogateway.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionsTest {

    private static final String PART = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{";
    private static final String WHOLE = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}";

    private final Vertx vertx = Vertx.vertx();
    private final List<Socket> clients = new ArrayList<>();
    private final AtomicInteger begun = new AtomicInteger();
    private int port;

    /** It reads requests and answers none. */
    @BeforeEach
    void listen() {
        Connections connections = new Connections(vertx, 3, Duration.ofMillis(100));
        HttpServer server = vertx.createHttpServer();
        server.connectionHandler(connections::opened);
        server.requestHandler(request -> {
            connections.busy(request);
            request.handler(part -> {});
            begun.incrementAndGet();
        });
        port = server.listen(0).await().actualPort();
    }

    @AfterEach
    void close() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        vertx.close().await();
    }

    @Test
    void overTheLimitTheOneGoesWhoseRequestDoesNotComeToItsEnd() throws Exception {
        Socket waiting = sends(WHOLE);
        Socket dawdling = sends(PART);
        await().until(() -> {
            sends(PART);
            return isClosed(dawdling);
        });
        assertThat(isClosed(waiting)).isFalse();
    }

    @Test
    void answersWhatHasBegunBehindTheAnswerThatIsBeingWrittenWhenItLeaves() throws Exception {
        HttpServer server = vertx.createHttpServer();
        Connections connections = new Connections(vertx, 3);
        server.connectionHandler(connections::opened);
        server.requestHandler(request -> {
            connections.busy(request);
            if (begun.incrementAndGet() == 1) {
                request.response().setChunked(true).write("first");
                vertx.setTimer(50, later -> {
                    connections.leave();
                    request.response().end();
                });
            } else {
                vertx.setTimer(50, later -> request.response().end("second"));
            }
        });
        port = server.listen(0).await().actualPort();
        Socket client = new Socket("127.0.0.1", port);
        clients.add(client);
        client.setSoTimeout(5_000);
        client.getOutputStream().write((WHOLE + WHOLE).getBytes(UTF_8));
        assertThat(new String(client.getInputStream().readAllBytes(), UTF_8))
                .contains("first", "Connection: close", "second");
    }

    private Socket sends(String text) throws IOException {
        Socket client = new Socket("127.0.0.1", port);
        clients.add(client);
        client.setSoTimeout(20);
        client.getOutputStream().write(text.getBytes(UTF_8));
        await().until(() -> begun.get() == clients.size());
        return client;
    }

    private static boolean isClosed(Socket client) throws IOException {
        try {
            return client.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        }
    }
}
