package io.github.falcogateway.filter;

import io.github.falcogateway.event.FalcoEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A place for each field that some conditions ask for, so that none is looked up twice in an event. Filled while
 * conditions are compiled, by one thread; then only read, by any.
 */
public final class Slots {

    private final Map<String, Integer> byField = new HashMap<>();
    private final List<Fields.Source> sources = new ArrayList<>();

    /** The place of a field. */
    int of(String field) {
        return byField.computeIfAbsent(field, name -> {
            sources.add(Fields.source(name));
            return sources.size() - 1;
        });
    }

    /** An event as the conditions compiled with these see it. */
    public Subject subject(FalcoEvent event) {
        return new Subject(event, sources);
    }
}
