package io.github.falcogateway.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What the rule table decided. Thread-safe. */
public final class RouteMeters {

    /** Why a notification may be held back. */
    private static final List<String> REASONS =
            List.of("group", "throttle", "dedup", "inhibit", "digest", "storm", "silence");

    /** Why one that no route took may be: the default sinks have no route that could say more. */
    private static final List<String> UNROUTED_REASONS = List.of("storm", "silence");

    private final MeterRegistry registry;
    private final Map<String, Long> lastHits = new ConcurrentHashMap<>();
    private final Map<String, Counter> matches = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> silenced = new ConcurrentHashMap<>();
    private final Map<String, Counter> held = new ConcurrentHashMap<>();
    private final Counter unrouted;

    RouteMeters(MeterRegistry registry) {
        this.registry = registry;
        unrouted = Counter.builder("falco_gateway_events_unrouted")
                .description("Events that no route took; they went to the default sinks.")
                .register(registry);
        UNROUTED_REASONS.forEach(why -> held("", why));
    }

    /** A route that may take events: it counts from 0, so that its first event is an increase. */
    public void expect(String route) {
        matches(route);
        REASONS.forEach(why -> held(route, why));
    }

    private Counter held(String route, String why) {
        return held.computeIfAbsent(
                route + '\0' + why,
                key -> Counter.builder("falco_gateway_held_back")
                        .description("Notifications held back, by route and why.")
                        .tag("route", route)
                        .tag("why", why)
                        .register(registry));
    }

    private Counter matches(String route) {
        return matches.computeIfAbsent(
                route,
                name -> Counter.builder("falco_gateway_route_matches")
                        .description("Events a route took.")
                        .tag("route", name)
                        .register(registry));
    }

    /** A route took so many events. */
    public void matched(String route, int events) {
        matches(route).increment(events);
        lastHits.put(route, System.currentTimeMillis());
    }

    /** A silence held one notification back. */
    public void silence(String id) {
        silenced.computeIfAbsent(id, key -> new LongAdder()).increment();
    }

    /** What a silence held back before the start counts as well. */
    public void silencedBefore(String id, long count) {
        silenced.computeIfAbsent(id, key -> new LongAdder()).add(count);
    }

    /** How many notifications a silence held back since the start. */
    public long silenced(String id) {
        LongAdder count = silenced.get(id);
        return count == null ? 0 : count.sum();
    }

    /** How many events a route took since the start. */
    public long hits(String route) {
        Counter counter = matches.get(route);
        return counter == null ? 0 : (long) counter.count();
    }

    /** When a route last took one; null for never since the start. */
    public @Nullable Instant lastHit(String route) {
        Long at = lastHits.get(route);
        return at == null ? null : Instant.ofEpochMilli(at);
    }

    /** How many events of a route were held back since the start, by why. */
    public Map<String, Long> held(String route) {
        Map<String, Long> counts = new TreeMap<>();
        held.forEach((key, counter) -> {
            int end = key.indexOf('\0');
            if (key.substring(0, end).equals(route) && counter.count() > 0) {
                counts.put(key.substring(end + 1), (long) counter.count());
            }
        });
        return counts;
    }

    /** No route took so many events. */
    public void unrouted(int events) {
        unrouted.increment(events);
    }

    /** One event of a route was held back. */
    public void heldBack(String route, String why) {
        held(route, why).increment();
    }
}
