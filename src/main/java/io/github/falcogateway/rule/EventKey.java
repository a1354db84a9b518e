package io.github.falcogateway.rule;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.filter.Value;
import java.util.ArrayList;
import java.util.List;

/** The values of some fields, by which events belong together: groups, throttles. Immutable. */
public final class EventKey {

    /** The longest value that is worth a place in a condition that people read. */
    private static final int LONGEST = 200;

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

    /** The condition that takes the events with these values; empty where there is no field. */
    public String condition(List<String> values) {
        List<String> parts = new ArrayList<>(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            String name = fields.get(i).name();
            String value = values.get(i);
            if (name.endsWith("tags") || value.length() > LONGEST) {
                continue;
            }
            parts.add(value.isEmpty() ? "not " + name + " exists" : name + " = " + quoted(value));
        }
        return String.join(" and ", parts);
    }

    private static String quoted(String value) {
        StringBuilder quoted = new StringBuilder(value.length() + 2).append('"');
        for (char c : value.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\x%02x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
