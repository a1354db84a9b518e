package io.github.falcogateway.filter;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.FieldValue;
import io.github.falcogateway.event.Priority;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One event under some conditions, each of its fields looked up at most once. Confined to one thread. */
public final class Subject {

    /** For checks that look at no event. */
    static final Subject NONE = new Subject(
            new FalcoEvent("none", Priority.DEBUG, "", Instant.EPOCH, "", "", List.of(), null, null, Map.of(), null),
            List.of());

    private static final FieldValue ABSENT = new FieldValue.Text("");

    private final FalcoEvent event;
    private final List<Fields.Source> sources;
    private final @Nullable FieldValue[] values;

    Subject(FalcoEvent event, List<Fields.Source> sources) {
        this.event = event;
        this.sources = sources;
        this.values = new FieldValue[sources.size()];
    }

    /** The value in a place; null where the event has none. */
    public @Nullable FieldValue value(int slot) {
        FieldValue value = values[slot];
        if (value == null) {
            FieldValue found = sources.get(slot).read(event);
            value = found == null ? ABSENT : found;
            values[slot] = value;
        }
        return value == ABSENT ? null : value;
    }
}
