package io.github.falcogateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.testing.Patience;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.internal.VertxInternal;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ListeningSocketsTest {

    private final Vertx vertx =
            Vertx.builder().withTransport(ListeningSockets.inherited()).build();
    private final AtomicInteger taken = new AtomicInteger();

    @AfterEach
    void close() throws Exception {
        Patience.get(vertx.close());
    }

    @Test
    void takesWhoHasWaitedOnceItIsOpen() throws Exception {
        HttpServer server = Patience.get(vertx.createHttpServer()
                .connectionHandler(connection -> taken.incrementAndGet())
                .requestHandler(request -> request.response().end("answer"))
                .listen(0, "127.0.0.1"));
        try (Socket sender = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
            sender.setSoTimeout((int) Patience.LIMIT.toMillis());
            sender.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            haveLoopsComeRound();
            assertThat(taken).hasValue(0);

            ListeningSockets.open(vertx);
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(sender.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(answer.readLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(taken).hasValue(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,2801, 127.0.0.1,2801, true",
        "127.0.0.1,2801, 127.0.0.1,0, true",
        "::,2801, 0.0.0.0,2801, true",
        "127.0.0.1,2801, 127.0.0.1,2802, false",
        "127.0.0.1,2801, 0.0.0.0,2801, false",
        "0.0.0.0,2801, 127.0.0.1,2801, false",
    })
    void takesNoSocketAtAnotherAddress(String socket, int port, String wanted, int wantedPort, boolean serves) {
        assertThat(ListeningSockets.serves(
                        new InetSocketAddress(socket, port), new InetSocketAddress(wanted, wantedPort)))
                .isEqualTo(serves);
    }

    /** A loop looks at its sockets before it runs what it was given: one round to accept, one to register, one to read. */
    private void haveLoopsComeRound() throws Exception {
        VertxInternal internal = (VertxInternal) vertx;
        for (int round = 0; round < 3; round++) {
            internal.acceptorEventLoopGroup().next().submit(() -> {}).get(Patience.LIMIT.toMinutes(), TimeUnit.MINUTES);
            for (EventExecutor loop : internal.nettyEventLoopGroup()) {
                loop.submit(() -> {}).get(Patience.LIMIT.toMinutes(), TimeUnit.MINUTES);
            }
        }
    }
}
