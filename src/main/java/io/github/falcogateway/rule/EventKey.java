package io.github.falcogateway.rule;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.filter.Value;
import java.util.ArrayList;
import java.util.List;

/** The values of some fields, by which events belong together: groups, throttles. Immutable. */
public final class EventKey {

    private final List<Value> fields;

    private EventKey(List<Value> fields) {
        this.fields = fields;
    }

    /** The key of these fields, which were checked when their route was read. */
    public static EventKey of(List<String> by) {
        return new EventKey(by.stream().map(Value::of).toList());
    }

    /** The values in the order of the fields, empty text for one that the event lacks. */
    public List<String> values(FalcoEvent event) {
        List<String> values = new ArrayList<>(fields.size());
        for (Value field : fields) {
            values.add(field.text(event));
        }
        return values;
    }
}
