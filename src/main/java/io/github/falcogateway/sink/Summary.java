package io.github.falcogateway.sink;

import io.github.falcogateway.event.Priority;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a message says of events that were not told one by one. Immutable.
 *
 * @param form why they are told together
 * @param count how many events it stands for
 * @param held of those, how many were held back by why: {@code group}, {@code throttle}, {@code storm}, {@code silence}
 * @param first when the first of them happened
 * @param last when the last of them happened
 * @param worst the worst priority among them
 * @param values by field the different values with their counts; {@link Tally#TABLE} is the digest's table
 * @param ids their places in the journal as ranges, such as {@code 7-12}; empty where they are not listed
 * @param filter the condition that takes them, for a link to the live view; may be empty
 * @param note a line for people, such as how much the group was in all; may be empty
 */
public record Summary(
        Form form,
        long count,
        Map<String, Long> held,
        Instant first,
        Instant last,
        Priority worst,
        Map<String, Counts> values,
        List<String> ids,
        String filter,
        String note) {

    /** What an event stands for that only explains others away. */
    static final Summary MARK = new Summary(
            Form.MARK, 0, Map.of(), Instant.EPOCH, Instant.EPOCH, Priority.DEBUG, Map.of(), List.of(), "", "");

    public Summary {
        held = new LinkedHashMap<>(held);
        values = new LinkedHashMap<>(values);
        ids = List.copyOf(ids);
    }

    /** A word of the gateway itself. */
    public static Summary notice(Instant at, Priority priority, String note) {
        return new Summary(Form.NOTICE, 0, Map.of(), at, at, priority, Map.of(), List.of(), "", note);
    }

    Summary with(String condition, String line) {
        return new Summary(form, count, held, first, last, worst, values, ids, condition, line);
    }

    JsonObject toJson() {
        JsonObject counts = new JsonObject();
        held.forEach(counts::put);
        JsonObject fields = new JsonObject();
        values.forEach((field, some) -> fields.put(field, some.toJson()));
        return new JsonObject()
                .put("form", form.label())
                .put("count", count)
                .put("held", counts)
                .put("first", first.toString())
                .put("last", last.toString())
                .put("worst", worst.name())
                .put("values", fields)
                .put("ids", String.join(",", ids))
                .put("filter", filter)
                .put("note", note);
    }

    static Summary fromJson(JsonObject json) {
        Map<String, Long> held = new LinkedHashMap<>();
        json.getJsonObject("held").forEach(entry -> held.put(entry.getKey(), ((Number) entry.getValue()).longValue()));
        Map<String, Counts> values = new LinkedHashMap<>();
        JsonObject fields = json.getJsonObject("values");
        fields.fieldNames().forEach(field -> values.put(field, Counts.fromJson(fields.getJsonObject(field))));
        String ids = json.getString("ids");
        return new Summary(
                Form.of(json.getString("form")),
                json.getLong("count"),
                held,
                Instant.parse(json.getString("first")),
                Instant.parse(json.getString("last")),
                Priority.valueOf(json.getString("worst")),
                values,
                ids.isEmpty() ? List.of() : List.of(ids.split(",")),
                json.getString("filter"),
                json.getString("note"));
    }
}
