package io.github.falcogateway.filter;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.FieldValue;
import io.github.falcogateway.event.Provenance;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a field's name leads to its value in an event; looked up once, when a condition is compiled. */
final class Fields {

    /** Reads one value out of an event. */
    @FunctionalInterface
    interface Reader {
        @Nullable
        FieldValue read(FalcoEvent event);
    }

    private static final Map<String, Reader> BARE = Map.ofEntries(
            Map.entry("rule", event -> new FieldValue.Text(event.rule())),
            Map.entry("priority", event -> new FieldValue.Text(event.priority().label())),
            Map.entry(
                    "severity",
                    event ->
                            new FieldValue.Num(Integer.toString(event.priority().severity()))),
            Map.entry("source", event -> new FieldValue.Text(event.sourceName())),
            Map.entry("host", event -> text(event.host())),
            Map.entry("time", event -> new FieldValue.Num(nanos(event.time()))),
            Map.entry("output", event -> text(event.output())),
            Map.entry("message", event -> text(event.message())),
            Map.entry("tags", event -> event.tags().isEmpty() ? null : tags(event.tags())),
            Map.entry("via", event -> sender(event, sender -> sender.via().label())),
            Map.entry("host_from", event -> sender(event, Provenance::hostFrom)),
            Map.entry("remote", event -> sender(event, Provenance::remote)));

    private static final List<String> STRINGS =
            List.of("rule", "source", "host", "output", "message", "via", "host_from", "remote");

    private Fields() {}

    /** Whether a name without a dot is one of an event's own members. */
    static boolean isBare(String name) {
        return BARE.containsKey(name);
    }

    /** The name of an event's own member behind {@code rule} or {@code falco.rule}; empty for an output field. */
    static String ownName(String field) {
        String name = field.startsWith("falco.") ? field.substring("falco.".length()) : field;
        return BARE.containsKey(name) ? name : "";
    }

    /** Whether the field can only be a text, so that an ordering makes no sense. */
    static boolean isText(String field) {
        return STRINGS.contains(ownName(field)) || field.startsWith("label.") || KnownFields.TEXTS.contains(field);
    }

    static Reader reader(String field) {
        Reader own = BARE.get(ownName(field));
        if (own != null) {
            return own;
        }
        if (field.startsWith("label.")) {
            String label = field.substring("label.".length());
            return event -> sender(event, sender -> sender.labels().get(label));
        }
        return event -> event.field(field);
    }

    private static @Nullable FieldValue sender(FalcoEvent event, Function<Provenance, @Nullable String> part) {
        Provenance sender = event.provenance();
        return sender == null ? null : text(part.apply(sender));
    }

    private static @Nullable FieldValue text(@Nullable String value) {
        return value == null || value.isEmpty() ? null : new FieldValue.Text(value);
    }

    private static FieldValue tags(List<String> tags) {
        return new FieldValue.Array(
                tags.stream().<FieldValue>map(FieldValue.Text::new).toList());
    }

    private static String nanos(Instant time) {
        return time.getEpochSecond() < 0 ? "0" : time.getEpochSecond() + String.format("%09d", time.getNano());
    }
}
