package io.github.falcogateway.rule;

import java.util.List;
import java.util.Map;

/**
 * What the rule table says about one event. Immutable.
 *
 * @param routes the names of the routes that took it, in order
 * @param sinks the sinks it goes to, each with the first route that sends it there; {@code ""} for the default sinks
 * @param unrouted whether no route took it
 */
public record Decision(List<String> routes, Map<String, String> sinks, boolean unrouted) {}
