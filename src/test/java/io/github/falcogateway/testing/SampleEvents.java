package io.github.falcogateway.testing;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.FieldValue;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.event.Provenance;
import io.github.falcogateway.event.Via;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds events as the journal hands them out; every part has a value that one call changes. Confined to one test. */
public final class SampleEvents {

    private static final Instant TIME = Instant.parse("2026-11-24T10:15:30.123456789Z");

    private final long id;
    private String rule = "Terminal shell in container";
    private Priority priority = Priority.NOTICE;
    private Instant time = TIME;
    private Instant arrival = TIME.plusMillis(5);
    private String host = "web-01";
    private String message = "A shell was spawned in a container with an attached terminal";
    private List<String> tags = List.of("container", "shell");
    private final Map<String, FieldValue> fields = new LinkedHashMap<>();

    private SampleEvents(long id) {
        this.id = id;
    }

    /** Starts an event at this place of the journal. */
    public static SampleEvents at(long id) {
        return new SampleEvents(id);
    }

    public SampleEvents rule(String name) {
        rule = name;
        return this;
    }

    public SampleEvents priority(Priority value) {
        priority = value;
        return this;
    }

    public SampleEvents time(Instant value) {
        time = value;
        return this;
    }

    public SampleEvents arrival(Instant value) {
        arrival = value;
        return this;
    }

    public SampleEvents host(String name) {
        host = name;
        return this;
    }

    public SampleEvents message(String text) {
        message = text;
        return this;
    }

    public SampleEvents tags(String... names) {
        tags = List.of(names);
        return this;
    }

    public SampleEvents field(String name, String text) {
        fields.put(name, new FieldValue.Text(text));
        return this;
    }

    /** The event with its place. */
    public JournaledEvent build() {
        String output = "10:15:30.123456789: " + priority.label() + " " + message;
        byte[] json = json(output);
        Provenance sender = new Provenance(Via.HTTP, host, "claimed", null, "192.0.2.7", Map.of(), "gw-1", arrival);
        FalcoEvent event = new FalcoEvent(
                rule, priority, "syscall", time, output, message, tags, host, null, Map.copyOf(fields), sender);
        return new JournaledEvent(id, event, json);
    }

    private byte[] json(String output) {
        JsonObject values = new JsonObject();
        fields.forEach((name, value) -> values.put(name, value.text()));
        return new JsonObject()
                .put("hostname", host)
                .put("output", output)
                .put("priority", priority.label())
                .put("rule", rule)
                .put("source", "syscall")
                .put("tags", new JsonArray(tags))
                .put("time", time.toString())
                .put("output_fields", values)
                .encode()
                .getBytes(StandardCharsets.UTF_8);
    }
}
