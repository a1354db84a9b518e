package io.github.falcogateway.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;

/** Where the event browser looks: files, or the running gateway. Confined to one command. */
interface EventsSource {

    /**
     * Counts.
     *
     * @param condition a condition; empty for all
     * @return as {@code GET /api/summary} answers
     * @throws IllegalArgumentException where the condition or the field is none
     */
    JsonObject summary(String by, String condition) throws IOException;

    /** The newest events, newest first. */
    List<JsonObject> events(String condition, int max) throws IOException;
}
