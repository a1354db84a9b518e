package io.github.falcogateway.sink;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.event.Provenance;
import io.github.falcogateway.event.Via;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The little that groups remember of their newest event: a hundred thousand whole ones would fill the memory. {@link Recall} makes it whole when it is told.
 */
final class Gist {

    private static final byte[] NONE = new byte[0];

    private Gist() {}

    /** What is left of an event. */
    static JournaledEvent of(JournaledEvent whole) {
        FalcoEvent event = whole.event();
        return of(whole.id(), event.rule(), event.host(), event.priority(), event.time(), event.arrival());
    }

    /** What a group knows of its newest event. */
    static JournaledEvent of(long id, String rule, String host, Priority priority, Instant time, Instant arrived) {
        Provenance sender = new Provenance(Via.HTTP, host, "", null, "", Map.of(), "", arrived);
        FalcoEvent event = new FalcoEvent(rule, priority, "", time, "", "", List.of(), host, null, Map.of(), sender);
        return new JournaledEvent(id, event, NONE);
    }

    /** Whether the event has lost its texts. */
    static boolean is(JournaledEvent event) {
        return event.json().length == 0;
    }

    /** The event in a form that can be told and kept, whatever is left of it. */
    static JournaledEvent told(JournaledEvent event) {
        return is(event)
                ? new JournaledEvent(event.id(), event.event(), text(event).getBytes(StandardCharsets.UTF_8))
                : event;
    }

    /** The gist in the form in which events are kept. */
    private static String text(JournaledEvent gist) {
        FalcoEvent event = gist.event();
        return new JsonObject()
                .put("rule", event.rule().isEmpty() ? "unknown" : event.rule())
                .put("priority", event.priority().label())
                .put("time", event.time().toString())
                .put("hostname", event.host())
                .put(
                        "gateway",
                        new JsonObject()
                                .put("id", Long.toString(gist.id()))
                                .put("received_at", event.arrival().toString())
                                .put("via", Via.HTTP.label()))
                .encode();
    }
}
