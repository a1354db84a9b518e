package io.github.falcogateway.sink;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How often each value of a field was seen. Immutable.
 *
 * @param of the values that have a count of their own, in the order in which they came
 * @param more events with further values, counted together
 */
public record Counts(Map<String, Long> of, long more) {

    private static final String MORE = "";

    public Counts {
        of = new LinkedHashMap<>(of);
    }

    /** The values, most frequent first. */
    public List<Map.Entry<String, Long>> top() {
        List<Map.Entry<String, Long>> top = new ArrayList<>(of.entrySet());
        top.sort(Map.Entry.<String, Long>comparingByValue().reversed());
        return top;
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        of.forEach(json::put);
        return more == 0 ? json : json.put(MORE, more);
    }

    static Counts fromJson(JsonObject json) {
        Map<String, Long> of = new LinkedHashMap<>();
        for (String value : json.fieldNames()) {
            if (!value.equals(MORE)) {
                of.put(value, json.getLong(value));
            }
        }
        return new Counts(of, json.getLong(MORE, 0L));
    }
}
