package io.github.falcogateway.filter;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.FieldValue;

/** A field of events by the name that conditions use, read as text: what groups and counts go by. Immutable. */
public final class Value {

    private final String name;
    private final Fields.Source reader;

    private Value(String name) {
        this.name = name;
        this.reader = Fields.source(name);
    }

    /**
     * The field of this name.
     *
     * @throws FilterException where no field can have the name
     */
    public static Value of(String name) {
        if (!Fields.ownName(name).isEmpty() || name.matches("[A-Za-z_][\\w-]*(\\.[\\w-]+)+(\\[[^\\]]*])?")) {
            return new Value(name);
        }
        throw new FilterException(0, "\"" + name + "\" is no field: rule, host, label.env, proc.name are such");
    }

    /** Its name as written. */
    public String name() {
        return name;
    }

    /** What the event has there; empty where it has nothing. */
    public String text(FalcoEvent event) {
        FieldValue value = reader.read(event);
        return value == null ? "" : value.text();
    }
}
