package io.github.falcogateway.sink;

import io.github.falcogateway.event.Priority;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a message says of events that were not told one by one. Immutable.
 *
 * @param count how many events it stands for
 * @param held of those, how many were held back by why: {@code group}, {@code throttle}, {@code storm}, {@code silence}
 * @param first when the first of them happened
 * @param last when the last of them happened
 * @param worst the worst priority among them
 * @param values by field the different values, the first few; a last one of {@code …} says that there were more
 */
public record Summary(
        long count,
        Map<String, Long> held,
        Instant first,
        Instant last,
        Priority worst,
        Map<String, List<String>> values) {

    public Summary {
        held = new LinkedHashMap<>(held);
        values = new LinkedHashMap<>(values);
    }

    JsonObject toJson() {
        JsonObject counts = new JsonObject();
        held.forEach(counts::put);
        JsonObject lists = new JsonObject();
        values.forEach((field, some) -> lists.put(field, new JsonArray(some)));
        return new JsonObject()
                .put("count", count)
                .put("held", counts)
                .put("first", first.toString())
                .put("last", last.toString())
                .put("worst", worst.name())
                .put("values", lists);
    }

    static Summary fromJson(JsonObject json) {
        Map<String, Long> held = new LinkedHashMap<>();
        json.getJsonObject("held").forEach(entry -> held.put(entry.getKey(), ((Number) entry.getValue()).longValue()));
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String field : json.getJsonObject("values").fieldNames()) {
            List<String> some = new ArrayList<>();
            json.getJsonObject("values").getJsonArray(field).forEach(value -> some.add(String.valueOf(value)));
            values.put(field, some);
        }
        return new Summary(
                json.getLong("count"),
                held,
                Instant.parse(json.getString("first")),
                Instant.parse(json.getString("last")),
                Priority.valueOf(json.getString("worst")),
                values);
    }
}
