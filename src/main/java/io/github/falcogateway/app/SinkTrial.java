package io.github.falcogateway.app;

import io.github.falcogateway.codec.EventDecoder;
import io.github.falcogateway.codec.KeptForm;
import io.github.falcogateway.event.Sender;
import io.github.falcogateway.event.Via;
import io.github.falcogateway.host.HostResolver;
import io.github.falcogateway.ingest.http.HttpIngest;
import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.Fault;
import io.github.falcogateway.sink.Outcome;
import io.github.falcogateway.sink.Sink;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** One test event through a sink of its own, beside the one that runs: what the receiver says of it. */
final class SinkTrial {

    private SinkTrial() {}

    /** {@code {"delivered":true}}, or false and the reason. */
    static Future<JsonObject> run(Sink sink, HostResolver hosts) {
        Sender sender = Sender.at(Via.TEST, "127.0.0.1", Instant.now());
        var decoded = new EventDecoder(1)
                .decode(HttpIngest.TEST.getBytes(StandardCharsets.UTF_8), Instant.now())
                .events()
                .get(0);
        Delivery delivery = new Delivery(
                KeptForm.of(decoded, hosts.resolve(decoded.event(), sender)).keep(0), "");
        return sink.open()
                .compose(open -> sink.deliver(List.of(delivery)))
                .map(SinkTrial::answer)
                .otherwise(failure -> no(failure.getClass().getSimpleName()))
                .eventually(sink::close);
    }

    private static JsonObject answer(Outcome outcome) {
        Fault fault = outcome.fault();
        if (fault != null) {
            return no(fault.toString());
        }
        return outcome.refused().isEmpty()
                ? new JsonObject().put("delivered", true)
                : no("refused: " + outcome.refused().get(0));
    }

    private static JsonObject no(String reason) {
        return new JsonObject().put("delivered", false).put("reason", reason);
    }
}
