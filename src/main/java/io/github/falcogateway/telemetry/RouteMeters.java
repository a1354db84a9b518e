package io.github.falcogateway.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the rule table decided. Thread-safe. */
public final class RouteMeters {

    private final MeterRegistry registry;
    private final Map<String, Counter> matches = new ConcurrentHashMap<>();
    private final Map<String, Counter> held = new ConcurrentHashMap<>();
    private final Counter unrouted;

    RouteMeters(MeterRegistry registry) {
        this.registry = registry;
        unrouted = Counter.builder("falco_gateway_events_unrouted")
                .description("Events that no route took; they went to the default sinks.")
                .register(registry);
    }

    /** A route took one event. */
    public void matched(String route) {
        matches.computeIfAbsent(
                        route,
                        name -> Counter.builder("falco_gateway_route_matches")
                                .description("Events a route took.")
                                .tag("route", name)
                                .register(registry))
                .increment();
    }

    /** No route took one event. */
    public void unrouted() {
        unrouted.increment();
    }

    /** One event of a route was held back. */
    public void heldBack(String route, String why) {
        held.computeIfAbsent(
                        route + '\0' + why,
                        key -> Counter.builder("falco_gateway_held_back")
                                .description("Notifications held back, by route and why.")
                                .tag("route", route)
                                .tag("why", why)
                                .register(registry))
                .increment();
    }
}
