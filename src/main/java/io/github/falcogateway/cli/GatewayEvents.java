package io.github.falcogateway.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The events of the running gateway. Immutable.
 *
 * @param since as the API reads it; empty for any
 * @param until as {@code since}
 */
record GatewayEvents(GatewayAnswers answers, String since, String until) implements EventsSource {

    @Override
    public JsonObject summary(String by, String condition) throws IOException {
        return answers.ask("/api/summary", Map.of("by", by, "filter", condition, "since", since, "until", until));
    }

    @Override
    public List<JsonObject> events(String condition, int max) throws IOException {
        Map<String, String> parameters =
                Map.of("filter", condition, "since", since, "until", until, "limit", Integer.toString(max));
        return answers.ask("/api/events", parameters).getJsonArray("events").stream()
                .map(JsonObject.class::cast)
                .toList();
    }
}
