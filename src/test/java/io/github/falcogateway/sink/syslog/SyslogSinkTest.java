package io.github.falcogateway.sink.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.sink.ClientTls;
import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.Outcome;
import io.github.falcogateway.sink.syslog.SyslogOptions.Transport;
import io.github.falcogateway.testing.Certificates;
import io.github.falcogateway.testing.Patience;
import io.github.falcogateway.testing.TestEvents;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyslogSinkTest {

    private final Vertx vertx = Vertx.vertx();
    private final List<String> messages = Collections.synchronizedList(new ArrayList<>());
    private final List<NetSocket> connections = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        get(vertx.close());
    }

    @Test
    void writesWhatTheRfcAsksFor() {
        JournaledEvent event = TestEvents.draft(
                        "{\"rule\":\"a \\\"b\\\" ]\\\\ c\",\"priority\":\"Critical\",\"source\":\"syscall\","
                                + "\"time\":\"2026-11-25T10:00:00.123456789Z\",\"tags\":[\"x\",\"y\"],\"output\":\"line\\nbreak ü\"}")
                .keep(42);
        String json = text(options(Transport.TCP, 601, true), event);
        assertThat(json)
                .startsWith("<10>1 2026-11-25T10:00:00.123456Z web-1 falco - syscall [falco@32473 id=\"42\""
                        + " rule=\"a \\\"b\\\" \\]\\\\ c\" priority=\"Critical\" tags=\"x,y\"] {\"rule\"");
        assertThat(text(options(Transport.TCP, 601, false), event)).endsWith("] line break ü");
    }

    @Test
    void writesTheMessageOfAnEventWithoutOutput() {
        JournaledEvent event = TestEvents.draft("{\"rule\":\"r\",\"priority\":\"Error\",\"message\":\"a shell ran\"}")
                .keep(1);
        assertThat(text(options(Transport.TCP, 601, false), event)).endsWith("] a shell ran");
    }

    @Test
    void cutsBetweenTwoCharacters() {
        JournaledEvent event = TestEvents.draft(
                        "{\"rule\":\"r\",\"priority\":\"Error\",\"output\":\"" + "ü".repeat(1000) + "\"}")
                .keep(1);
        SyslogOptions small = new SyslogOptions(
                Transport.UDP, "127.0.0.1", 514, 1, "falco", false, 500, ClientTls.defaults(), Duration.ofSeconds(1));
        byte[] message = new Rfc5424(small).message(event);
        assertThat(message.length).isBetween(499, 500);
        assertThat(new String(message, StandardCharsets.UTF_8)).endsWith("ü");
    }

    @Test
    void countsTheOctetsOverTcpAndComesAgainWhenTheConnectionWasCut() {
        NetServer server = listen(new NetServerOptions());
        SyslogSink sink = sink(options(Transport.TCP, server.actualPort(), true));
        List<Delivery> first = events(1, 300);
        assertThat(get(sink.deliver(first))).isEqualTo(Outcome.delivered(first));
        await().until(() -> messages.size() == 300);
        assertThat(messages.get(299)).contains("id=\"300\"").endsWith("}");
        get(connections.get(0).close());
        List<Delivery> second = events(301, 303);
        await().until(() -> get(sink.deliver(second)).fault() == null);
        await().until(() -> messages.size() >= 303);
        assertThat(messages.get(messages.size() - 1)).contains("id=\"303\"");
    }

    @Test
    void keepsTheEventsWhileNobodyListens() {
        NetServer server = listen(new NetServerOptions());
        int port = server.actualPort();
        get(server.close());
        Outcome outcome = get(sink(options(Transport.TCP, port, true)).deliver(events(1, 2)));
        assertThat(outcome.done()).isZero();
        assertThat(outcome.fault()).isNotNull();
        assertThat(outcome.fault().hold()).isFalse();
    }

    @Test
    void speaksTls(@TempDir Path folder) throws Exception {
        Certificates certificates = Certificates.of(folder, "server");
        NetServer server = listen(new NetServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath(certificates.cert().toString())
                        .addKeyPath(certificates.key().toString())));
        ClientTls trusting = new ClientTls(Files.readString(certificates.cert()), null, null);
        SyslogOptions options = new SyslogOptions(
                Transport.TLS,
                "localhost",
                server.actualPort(),
                1,
                "falco",
                true,
                1 << 20,
                trusting,
                Duration.ofSeconds(20));
        assertThat(get(sink(options).deliver(events(1, 3))).fault()).isNull();
        await().until(() -> messages.size() == 3);
        SyslogOptions distrusting = new SyslogOptions(
                Transport.TLS,
                "localhost",
                server.actualPort(),
                1,
                "falco",
                true,
                1 << 20,
                ClientTls.defaults(),
                Duration.ofSeconds(20));
        assertThat(get(sink(distrusting).deliver(events(4, 4))).fault()).isNotNull();
        assertThat(messages).hasSize(3);
    }

    @Test
    void sendsADatagramForEachEvent() {
        int port = get(vertx.createDatagramSocket()
                        .handler(packet -> messages.add(packet.data().toString()))
                        .listen(0, "127.0.0.1"))
                .localAddress()
                .port();
        List<Delivery> events = events(1, 5);
        assertThat(get(sink(options(Transport.UDP, port, true)).deliver(events)))
                .isEqualTo(Outcome.delivered(events));
        await().until(() -> messages.size() == 5);
        assertThat(messages.get(0)).startsWith("<11>1 ");
    }

    private static String text(SyslogOptions options, JournaledEvent event) {
        return new String(new Rfc5424(options).message(event), StandardCharsets.UTF_8);
    }

    private NetServer listen(NetServerOptions options) {
        return get(vertx.createNetServer(options)
                .connectHandler(socket -> {
                    connections.add(socket);
                    AtomicReference<Buffer> rest = new AtomicReference<>(Buffer.buffer());
                    socket.handler(part -> rest.set(frames(rest.get().appendBuffer(part))));
                })
                .listen(0, "127.0.0.1"));
    }

    /** Takes the whole messages; what is left. */
    private Buffer frames(Buffer bytes) {
        int at = 0;
        while (true) {
            int space = at;
            while (space < bytes.length() && bytes.getByte(space) != ' ') {
                space++;
            }
            if (space == bytes.length()) {
                break;
            }
            int length = Integer.parseInt(bytes.getString(at, space));
            if (space + 1 + length > bytes.length()) {
                break;
            }
            messages.add(bytes.getString(space + 1, space + 1 + length));
            at = space + 1 + length;
        }
        return bytes.getBuffer(at, bytes.length());
    }

    private SyslogSink sink(SyslogOptions options) {
        SyslogSink sink = new SyslogSink(vertx, options);
        get(sink.open());
        return sink;
    }

    private static SyslogOptions options(Transport transport, int port, boolean json) {
        return new SyslogOptions(
                transport, "127.0.0.1", port, 1, "falco", json, 65_000, ClientTls.defaults(), Duration.ofSeconds(20));
    }

    private static List<Delivery> events(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(id -> new Delivery(TestEvents.journaled(id, "r" + id, "Error"), ""))
                .toList();
    }

    private static <V> V get(Future<V> future) {
        try {
            return Patience.get(future);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
