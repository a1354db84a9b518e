package io.github.falcogateway.app;

import io.github.falcogateway.codec.EventDecoder;
import io.github.falcogateway.codec.JsonText;
import io.github.falcogateway.codec.KeptForm;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.event.Provenance;
import io.github.falcogateway.event.Via;
import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.SinkState;
import io.github.falcogateway.sink.SinkStatus;
import io.github.falcogateway.sink.Summary;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Tells people through every other sink that they read when one is stopped by an error that trying again does not cure.
 * Confined to one event loop.
 */
final class SinkWatch {

    private static final long EVERY_MS = 500;

    private final Sinks sinks;
    private final String node;
    private final Set<String> told = new HashSet<>();

    /**
     * A watch.
     *
     * @param node the name of this gateway: it is its own word, of no other host
     */
    SinkWatch(Sinks sinks, String node) {
        this.sinks = sinks;
        this.node = node;
    }

    void start(Vertx vertx) {
        vertx.setPeriodic(EVERY_MS, timer -> look());
    }

    private void look() {
        for (SinkStatus status : sinks.statuses()) {
            if (status.state() != SinkState.HELD) {
                told.remove(status.name());
            } else if (told.add(status.name())) {
                sinks.sayExcept(status.name(), word(status, Instant.now()));
            }
        }
    }

    private Delivery word(SinkStatus status, Instant now) {
        String rule = "Sink " + status.name() + " is stopped";
        String text = status.lastFault() + ". Its events are kept; set it right and reload, or resume it.";
        String json = "{\"rule\":" + JsonText.quoted(rule) + ",\"priority\":\"Critical\",\"source\":\"falco-gateway\""
                + ",\"output\":" + JsonText.quoted(text) + ",\"time\":\"" + now + "\"}";
        var decoded = new EventDecoder(1)
                .decode(json.getBytes(StandardCharsets.UTF_8), now)
                .events()
                .get(0);
        Provenance own = new Provenance(Via.TEST, node, "node", null, "", Map.of(), node, now);
        JournaledEvent event = new KeptForm().of(decoded, own).keep(0);
        return new Delivery(event, "", Summary.notice(now, Priority.CRITICAL, text));
    }
}
