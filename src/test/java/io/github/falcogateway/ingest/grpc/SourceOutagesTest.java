package io.github.falcogateway.ingest.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.falcogateway.testing.FakeFalco;
import io.github.falcogateway.testing.RunningGateway;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are late, hang, break off, end and come back, and what is kept of their events. */
class SourceOutagesTest extends WithFalco {

    @Test
    void waitsForASocketThatAppearsLaterAndForAFalcoThatRestarts() throws Exception {
        try (RunningGateway gateway = gateway()) {
            await().untilAsserted(() ->
                    assertThat(shown(gateway).getString("last_error")).isNotNull());
            assertThat(shown(gateway).getString("state")).isIn("waiting", "connecting");
            falco.raise("first");
            falco.start();
            await().untilAsserted(() -> assertThat(gateway.lines()).hasSize(1));
            assertThat(shown(gateway).getString("state")).isEqualTo("connected");
            assertThat(shown(gateway).getString("version")).isEqualTo("0.43.1");

            falco.stop();
            falco.raise("second");
            falco.start();
            await().untilAsserted(() -> assertThat(gateway.lines()).hasSize(2));
            assertThat(shown(gateway).getInteger("reconnects")).isEqualTo(1);
            assertThat(gateway.get("/metrics"))
                    .contains("falco_gateway_source_events_total{source=\"a\"} 2.0")
                    .contains("falco_gateway_source_reconnects_total{source=\"a\"} 1.0")
                    .contains("falco_gateway_source_state{source=\"a\",state=\"connected\"} 1.0")
                    .contains("falco_gateway_source_version{source=\"a\",version=\"0.43.1\"} 1.0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sub", "get"})
    void leavesAServerThatHangsWithoutClosing(String mode) throws Exception {
        falco.start();
        try (RunningGateway gateway = RunningGateway.in(folder, source("a", falco.target(), ", mode: " + mode))) {
            await().untilAsserted(
                            () -> assertThat(shown(gateway).getString("state")).isEqualTo("connected"));
            falco.hang(true);
            await().untilAsserted(() ->
                    assertThat(shown(gateway).getString("last_error")).contains("no answer"));
            falco.hang(false);
            falco.raise("after");
            await().untilAsserted(() -> assertThat(gateway.lines()).hasSize(1));
        }
    }

    @Test
    void leavesNoConnectionBehindAtAServerThatAcceptsAndSaysNothing() throws Exception {
        AtomicInteger accepted = new AtomicInteger();
        AtomicInteger closed = new AtomicInteger();
        try (ServerSocketChannel mute = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            mute.bind(UnixDomainSocketAddress.of(folder.resolve("f.sock")));
            Thread accepting = new Thread(() -> acceptAll(mute, accepted, closed));
            accepting.setDaemon(true);
            accepting.start();
            try (RunningGateway gateway =
                    RunningGateway.in(folder, source("a", falco.target(), "").replace("400ms", "100ms"))) {
                await().untilAsserted(() -> assertThat(accepted.get()).isGreaterThan(8));
                await().untilAsserted(() -> assertThat(closed.get()).isGreaterThan(8));
                assertThat(shown(gateway).getString("last_error")).contains("no answer");
            }
        }
    }

    private static void acceptAll(ServerSocketChannel server, AtomicInteger accepted, AtomicInteger closed) {
        try {
            while (true) {
                SocketChannel connection = server.accept();
                accepted.incrementAndGet();
                Thread reading = new Thread(() -> {
                    try {
                        ByteBuffer sink = ByteBuffer.allocate(1024);
                        while (connection.read(sink.clear()) >= 0) {
                            // What a client says first is not answered.
                        }
                    } catch (IOException gone) {
                        // As good as closed.
                    }
                    closed.incrementAndGet();
                });
                reading.setDaemon(true);
                reading.start();
            }
        } catch (IOException ended) {
            // The test is over.
        }
    }

    @Test
    void replacesAStreamOnWhichNothingComesAndLosesNothing() throws Exception {
        falco.start();
        try (RunningGateway gateway = RunningGateway.in(
                folder, source("a", falco.target(), "").replace("timeout: 400ms", "timeout: 200ms"))) {
            await().untilAsserted(() -> assertThat(falco.calls()).isGreaterThan(1));
            falco.raise("still heard");
            await().untilAsserted(() -> assertThat(gateway.lines()).hasSize(1));
            assertThat(shown(gateway).getInteger("reconnects")).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sub", "get"})
    void keepsWhatCameBeforeACallBroke(String mode) throws Exception {
        IntStream.range(0, 500).forEach(i -> falco.raise("rule " + i));
        falco.breakAfter(200);
        falco.start();
        try (RunningGateway gateway = RunningGateway.in(folder, source("a", falco.target(), ", mode: " + mode))) {
            // What is under way at that moment is lost with the call: Falco has forgotten it, HTTP/2 throws it away.
            await().untilAsserted(() -> {
                assertThat(falco.queued()).isZero();
                assertThat(gateway.lines()).hasSizeGreaterThanOrEqualTo(300);
            });
            assertThat(shown(gateway).getString("last_error")).isNotNull();
            assertThat(shown(gateway).getInteger("reconnects")).isPositive();
        }
    }

    @Test
    void takesAllThatAFalcoWroteBeforeItWentAway() throws Exception {
        falco.start();
        String slow = source("a", falco.target(), ", mode: get").replace("400ms", "10s");
        try (RunningGateway gateway = RunningGateway.in(folder, slow)) {
            for (int round = 0; round < 10; round++) {
                for (int i = 0; i < 40; i++) {
                    falco.raise(FakeFalco.event("rule " + round + "-" + i).toBuilder()
                            .putOutputFields("proc.cmdline", "x".repeat(900))
                            .build());
                }
                await().until(() -> falco.queued() == 0);
                falco.stop();
                falco.start();
            }
            int written = falco.written();
            await().untilAsserted(() -> assertThat(gateway.lines()).hasSize(written));
            assertThat(written).isPositive();
        }
    }

    @Test
    void aSourceThatIsDownDelaysNoOther() throws Exception {
        falco.start();
        falco.raise("of the one that is up");
        String both = "sources:\n- {name: down, grpc: \"unix://" + folder + "/no.sock\", " + FAST
                + "}\n- {name: a, grpc: \"" + falco.target() + "\", host: edge-7, " + FAST + "}\n";
        try (RunningGateway gateway = RunningGateway.in(folder, both)) {
            await().untilAsserted(() -> assertThat(gateway.lines()).hasSize(1));
            JsonArray sources = new JsonObject(gateway.get("/api/sources")).getJsonArray("sources");
            assertThat(sources.getJsonObject(0).getString("host")).isEqualTo("edge-7");
            assertThat(sources.getJsonObject(1).getString("name")).isEqualTo("down");
        }
    }
}
