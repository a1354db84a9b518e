package io.github.falcogateway.ingest.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.falcogateway.testing.Certificates;
import io.github.falcogateway.testing.RunningGateway;
import io.github.falcogateway.testing.SlowWire;
import io.github.falcogateway.testing.StuckConnections;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a source does when it ends: it takes what is under way, waits for no connection, and leaves none open. */
class SourceEndsTest extends WithFalco {

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void aReloadAndAStopDoNotWaitForConnectionsThatDoNotEnd() throws Exception {
        try (ServerSocket mute = loopback()) {
            String sources = source("a", "127.0.0.1:" + mute.getLocalPort(), "").replace("400ms", "50ms");
            try (RunningGateway gateway = RunningGateway.over(StuckConnections.vertx(), folder, sources)) {
                await().untilAsserted(() ->
                        assertThat(shown(gateway).getString("last_error")).isEqualTo("no answer in time"));

                Path file = folder.resolve("gateway.yaml");
                Files.writeString(file, Files.readString(file).replace("name: a", "name: b"));
                assertThat(gateway.send("POST", "/-/reload").statusCode()).isEqualTo(200);
                assertThat(shown(gateway).getString("name")).isEqualTo("b");
            }
        }
    }

    @Test
    void leavesNoConnectionBehindWhoseHandshakeIsNotAnswered() throws Exception {
        Certificates pem = Certificates.of(folder, "x");
        String tls = ", tls: {ca: " + pem.cert() + ", cert: " + pem.cert() + ", key: " + pem.key() + "}";
        try (ServerSocket mute = loopback();
                RunningGateway gateway =
                        RunningGateway.in(folder, source("a", "127.0.0.1:" + mute.getLocalPort(), tls));
                Socket first = mute.accept()) {
            first.getInputStream().transferTo(OutputStream.nullOutputStream());
            // By then a handshake that Netty gives up by itself, after ten seconds, has more than twenty after it.
            int later = 0;
            mute.setSoTimeout(1);
            while (accepts(mute)) {
                later++;
            }
            assertThat(later).isLessThan(10);
            assertThat(shown(gateway).getString("last_error")).isNotNull();
        }
    }

    @Test
    void aStopJournalsWhatIsStillUnderWay() throws Exception {
        falco.start();
        try (SlowWire wire = new SlowWire(folder.resolve("near.sock"), folder.resolve("f.sock"))) {
            String source = source("a", wire.target(), "").replace("400ms", "60s");
            try (RunningGateway gateway = RunningGateway.in(folder, source)) {
                await().until(() -> falco.requests() > 0);
                wire.hold();
                IntStream.range(0, 100).forEach(i -> falco.raise("rule " + i));
                await().until(() -> falco.written() == 100);
                assertThat(gateway.lines()).isEmpty();
            }
        }
        try (RunningGateway gateway = RunningGateway.in(folder, "")) {
            await().untilAsserted(() -> assertThat(gateway.lines()).hasSize(100));
        }
    }

    private static boolean accepts(ServerSocket server) throws IOException {
        try (Socket another = server.accept()) {
            return another.isConnected();
        } catch (SocketTimeoutException none) {
            return false;
        }
    }

    private static ServerSocket loopback() throws Exception {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }
}
