package io.github.falcogateway.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.codec.KeptReader;
import io.github.falcogateway.secret.Secret;
import io.github.falcogateway.sink.ClientTls;
import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.Outcome;
import io.github.falcogateway.testing.Patience;
import io.github.falcogateway.testing.Receiver;
import io.github.falcogateway.testing.Receiver.Answer;
import io.github.falcogateway.testing.TestEvents;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpSinkTest {

    private final Vertx vertx = Vertx.vertx();
    private Receiver receiver;

    @BeforeEach
    void open() throws Exception {
        receiver = new Receiver();
    }

    @AfterEach
    void close() throws Exception {
        receiver.close();
        get(vertx.close());
    }

    @Test
    void keepsEachHostsOrderWithSeveralRequestsAtATime() {
        HttpSink sink = sink(8, 1);
        List<Delivery> events = events(200, 10);
        assertThat(get(sink.deliver(events))).isEqualTo(Outcome.delivered(events));
        assertInOrderOnce(200);
    }

    @Test
    void sendsNothingAgainThatAnotherLaneDeliveredMeanwhile() {
        HttpSink sink = sink(4, 5);
        List<Delivery> events = events(100, 8);
        receiver.otherwise(request -> Answer.status(request.text().contains("\"h0\"") ? 503 : 200));
        Outcome stuck = get(sink.deliver(events));
        assertThat(stuck.done()).isLessThan(8);
        assertThat(stuck.fault()).isNotNull();
        receiver.otherwise(request -> Answer.status(200));
        List<Delivery> rest = events.subList(stuck.done(), events.size());
        assertThat(get(sink.deliver(rest))).isEqualTo(Outcome.delivered(rest));
        assertInOrderOnce(100);
    }

    @Test
    void refusesOneEventOfALane() {
        HttpSink sink = sink(4, 10);
        List<Delivery> events = events(40, 4);
        receiver.otherwise(request -> Answer.status(request.text().contains("\"rule\":\"r7\"") ? 400 : 200));
        Outcome outcome = get(sink.deliver(events));
        assertThat(outcome.done()).isEqualTo(40);
        assertThat(outcome.refused().keySet()).containsExactly(6);
    }

    @Test
    void sendsInSmallerPartsWhatIsMoreThanAnotherGatewayTakesAtOnce() {
        // Its word about the whole body stands at the first event, as that about one event would.
        Answer tooMany = new Answer(
                413,
                Map.of(),
                "{\"status\":413,\"accepted\":0,\"rejected\":[{\"index\":0,\"reason\":\"too_many: more than 10\"}]}");
        receiver.otherwise(request -> request.text().split("\n").length > 10 ? tooMany : Answer.status(200));
        HttpSink sink = sink(1, 40);
        List<Delivery> events = events(40, 1);
        assertThat(get(sink.deliver(events))).isEqualTo(Outcome.delivered(events));
        assertInOrderOnce(40);
    }

    @Test
    void givesFalcosidekicksUiAnIdentifierToKeepAnEventUnderAndATime() {
        HttpSink sink = sink(1, 1, Format.FALCOSIDEKICK_UI);
        Delivery own = new Delivery(
                TestEvents.journaled(
                        3, "{\"rule\":\"r\",\"priority\":\"Error\",\"uuid\":\"its-own\"}", "h", TestEvents.NOW),
                "");
        List<Delivery> events = List.of(
                events(2, 1).get(0), events(2, 1).get(1), own, events(2, 1).get(0));
        for (Delivery event : events) {
            assertThat(get(sink.deliver(List.of(event)))).isEqualTo(Outcome.delivered(List.of(event)));
        }
        List<JsonObject> sent = receiver.taken().stream()
                .map(request -> new JsonObject(request.text()).getJsonObject("event"))
                .toList();
        List<String> given = sent.stream().map(event -> event.getString("uuid")).toList();
        assertThat(UUID.fromString(given.get(0))).isNotEqualTo(UUID.fromString(given.get(1)));
        assertThat(given.subList(2, 4)).containsExactly("its-own", given.get(0));
        assertThat(sent).allMatch(event -> event.getString("time").equals(TestEvents.NOW.toString()));
    }

    @Test
    void saysThatWhatListensThereSpeaksNoHttp() throws Exception {
        NetServer ssh = Patience.get(vertx.createNetServer()
                .connectHandler(socket -> socket.handler(asked -> socket.write("SSH-2.0-OpenSSH_9.2\r\n")))
                .listen(0, "127.0.0.1"));
        HttpSink sink = sink("http://127.0.0.1:" + ssh.actualPort() + "/", 1, 1, Format.FALCO);
        assertThat(String.valueOf(get(sink.deliver(events(1, 1))).fault()))
                .isEqualTo("what listens there speaks no HTTP (unreachable)");
    }

    /** Of what was answered 200: every event once, each host's in order. */
    private void assertInOrderOnce(int count) {
        List<Long> ids = new ArrayList<>();
        Map<String, Long> last = new java.util.HashMap<>();
        for (Receiver.Request request : receiver.taken()) {
            for (String line : request.text().split("\n")) {
                long id = KeptReader.id(line.getBytes(StandardCharsets.UTF_8));
                String host = line.replaceAll(".*\"hostname\":\"([^\"]+)\".*", "$1");
                assertThat(id).isGreaterThan(last.getOrDefault(host, 0L));
                last.put(host, id);
                ids.add(id);
            }
        }
        assertThat(ids).hasSize(count);
        assertThat(new HashSet<>(ids)).hasSize(count);
    }

    private static List<Delivery> events(int count, int hosts) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(id -> new Delivery(TestEvents.journaled(id, "r" + id, "Error", "h" + id % hosts), ""))
                .toList();
    }

    private HttpSink sink(int concurrency, int batch) {
        return sink(concurrency, batch, Format.FALCO);
    }

    private HttpSink sink(int concurrency, int batch, Format format) {
        return sink(receiver.url("/"), concurrency, batch, format);
    }

    private HttpSink sink(String url, int concurrency, int batch, Format format) {
        HttpSink sink = new HttpSink(
                vertx,
                new HttpOptions(
                        new Secret(url),
                        "POST",
                        Map.of(),
                        format,
                        "",
                        "",
                        false,
                        false,
                        batch,
                        concurrency,
                        ClientTls.defaults(),
                        Duration.ofSeconds(20)));
        get(sink.open());
        return sink;
    }

    private static <V> V get(Future<V> future) {
        try {
            return Patience.get(future);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
