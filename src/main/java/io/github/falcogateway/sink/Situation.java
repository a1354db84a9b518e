package io.github.falcogateway.sink;

import io.github.falcogateway.rule.Route;
import io.github.falcogateway.rule.Silence;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an event meets at a sink for people. Immutable.
 *
 * @param route its route; null for the default sinks
 * @param explains whether the event is one of those that explain others of its route away
 * @param silences what people are not told now
 * @param room whether people can read one more message of its kind
 */
record Situation(@Nullable Route route, boolean explains, List<Silence> silences, boolean room, Instant now) {}
