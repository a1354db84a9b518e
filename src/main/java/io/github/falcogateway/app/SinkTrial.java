package io.github.falcogateway.app;

import io.github.falcogateway.codec.EventDecoder;
import io.github.falcogateway.codec.KeptForm;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.event.Sender;
import io.github.falcogateway.event.Via;
import io.github.falcogateway.host.HostResolver;
import io.github.falcogateway.ingest.http.HttpIngest;
import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.Fault;
import io.github.falcogateway.sink.Outcome;
import io.github.falcogateway.sink.Samples;
import io.github.falcogateway.sink.Sink;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * A test event through a sink of its own, beside the one that runs: what the receiver says of it. Where people read, a
 * sample of each form of message.
 */
final class SinkTrial {

    private final Sink sink;

    private SinkTrial(Sink sink) {
        this.sink = sink;
    }

    /** {@code {"delivered":true}}, or false and the reason. */
    static Future<JsonObject> run(Sink sink, boolean people, HostResolver hosts) {
        JournaledEvent event = event(HttpIngest.TEST, people ? 1 : 0, hosts);
        List<Delivery> deliveries = people
                ? Samples.of(
                        List.of(event, event(HttpIngest.TEST.replace("\"Debug\"", "\"Critical\""), 2, hosts), event))
                : List.of(new Delivery(event, ""));
        return sink.open()
                .compose(open -> new SinkTrial(sink).deliver(deliveries))
                .otherwise(failure -> no(Fault.of(failure).toString()))
                .eventually(sink::close);
    }

    private Future<JsonObject> deliver(List<Delivery> rest) {
        return sink.deliver(rest).compose(outcome -> {
            boolean more = outcome.fault() == null
                    && outcome.refused().isEmpty()
                    && outcome.done() > 0
                    && outcome.done() < rest.size();
            return more ? deliver(rest.subList(outcome.done(), rest.size())) : Future.succeededFuture(answer(outcome));
        });
    }

    private static JournaledEvent event(String json, long id, HostResolver hosts) {
        Sender sender = Sender.at(Via.TEST, "127.0.0.1", Instant.now());
        var decoded = new EventDecoder(1)
                .decode(json.getBytes(StandardCharsets.UTF_8), Instant.now())
                .events()
                .get(0);
        return new KeptForm()
                .of(decoded, hosts.resolve(decoded.event(), sender))
                .keep(id);
    }

    private static JsonObject answer(Outcome outcome) {
        Fault fault = outcome.fault();
        if (fault != null) {
            return no(fault.toString());
        }
        return outcome.refused().isEmpty()
                ? new JsonObject().put("delivered", true)
                : no("refused: " + outcome.refused().values().iterator().next());
    }

    private static JsonObject no(String reason) {
        return new JsonObject().put("delivered", false).put("reason", reason);
    }
}
