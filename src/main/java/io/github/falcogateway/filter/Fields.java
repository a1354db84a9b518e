package io.github.falcogateway.filter;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.FieldValue;
import io.github.falcogateway.event.Priority;
import io.github.falcogateway.event.Provenance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a field's name leads to its value in an event, and what that value is. */
final class Fields {

    /** Reads one value out of an event. */
    @FunctionalInterface
    interface Source {
        @Nullable
        FieldValue read(FalcoEvent event);
    }

    private record Own(Kind kind, Source source) {}

    private static final FieldValue[] PRIORITIES = each(priority -> new FieldValue.Text(priority.label()));
    private static final FieldValue[] SEVERITIES =
            each(priority -> new FieldValue.Num(Integer.toString(priority.severity())));

    private static final Map<String, Own> OWN = Map.ofEntries(
            own("rule", Kind.TEXT, event -> new FieldValue.Text(event.rule())),
            own("priority", Kind.PRIORITY, event -> PRIORITIES[event.priority().severity()]),
            own("severity", Kind.NUMBER, event -> SEVERITIES[event.priority().severity()]),
            own("source", Kind.TEXT, event -> new FieldValue.Text(event.sourceName())),
            own("host", Kind.TEXT, event -> text(event.host())),
            own("time", Kind.NUMBER, event -> new FieldValue.Num(nanos(event.time()))),
            own("output", Kind.TEXT, event -> text(event.output())),
            own("message", Kind.TEXT, event -> text(event.message())),
            own("tags", Kind.LIST, event -> event.tags().isEmpty() ? null : tags(event.tags())),
            own("via", Kind.TEXT, event -> sender(event, sender -> sender.via().label())),
            own("host_from", Kind.TEXT, event -> sender(event, Provenance::hostFrom)),
            own("remote", Kind.TEXT, event -> sender(event, Provenance::remote)));

    private Fields() {}

    /** The names of an event's own members. */
    static Set<String> names() {
        return OWN.keySet();
    }

    /** Whether a name without a dot is one of an event's own members. */
    static boolean isBare(String name) {
        return OWN.containsKey(name);
    }

    /** The name of an event's own member behind {@code rule} or {@code falco.rule}; empty for an output field. */
    static String ownName(String field) {
        String name = field.startsWith("falco.") ? field.substring("falco.".length()) : field;
        return OWN.containsKey(name) ? name : "";
    }

    /** What the values of a field are. */
    static Kind kind(String field) {
        Own own = OWN.get(ownName(field));
        if (own != null) {
            return own.kind();
        }
        return field.startsWith("label.") ? Kind.TEXT : FieldTable.kind(field);
    }

    /** Whether every event has the field, so that asking for it asks nothing. */
    static boolean always(String field) {
        return List.of("rule", "priority", "severity", "source", "host", "time").contains(ownName(field));
    }

    static Source source(String field) {
        Own own = OWN.get(ownName(field));
        if (own != null) {
            return own.source();
        }
        if (field.startsWith("label.")) {
            String label = field.substring("label.".length());
            return event -> sender(event, sender -> sender.labels().get(label));
        }
        return event -> event.field(field);
    }

    private static Map.Entry<String, Own> own(String name, Kind kind, Source source) {
        return Map.entry(name, new Own(kind, source));
    }

    private static FieldValue[] each(Function<Priority, FieldValue> value) {
        return Arrays.stream(Priority.values()).map(value).toArray(FieldValue[]::new);
    }

    private static @Nullable FieldValue sender(FalcoEvent event, Function<Provenance, @Nullable String> part) {
        Provenance sender = event.provenance();
        return sender == null ? null : text(part.apply(sender));
    }

    private static @Nullable FieldValue text(@Nullable String value) {
        return value == null || value.isEmpty() ? null : new FieldValue.Text(value);
    }

    private static FieldValue tags(List<String> tags) {
        List<FieldValue> items = new ArrayList<>(tags.size());
        for (String tag : tags) {
            items.add(new FieldValue.Text(tag));
        }
        return new FieldValue.Array(items);
    }

    private static String nanos(Instant time) {
        if (time.getEpochSecond() < 0) {
            return "0";
        }
        String fraction = Integer.toString(time.getNano());
        return time.getEpochSecond() + "000000000".substring(fraction.length()) + fraction;
    }
}
