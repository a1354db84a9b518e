package io.github.falcogateway.dispatch;

import io.github.falcogateway.bus.Addresses;
import io.github.falcogateway.bus.Appended;
import io.github.falcogateway.bus.Channel;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.rule.Decision;
import io.github.falcogateway.rule.Route;
import io.github.falcogateway.rule.RuleTable;
import io.github.falcogateway.rule.TableHistory;
import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.SinkBatch;
import io.github.falcogateway.telemetry.RouteMeters;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Takes what the journal has newly taken, asks the rule table once per event, and tells each sink its part. Confined
 * to one event loop.
 */
public final class DispatchVerticle extends VerticleBase {

    private final TableHistory tables;
    private final Supplier<Set<String>> sinks;
    private final RouteMeters meters;
    private final Map<String, Channel<SinkBatch>> channels = new HashMap<>();

    /**
     * A dispatch.
     *
     * @param tables the rule tables
     * @param sinks the names of the sinks of now
     * @param last the id of the last event that was dispatched before
     */
    public DispatchVerticle(TableHistory tables, Supplier<Set<String>> sinks, RouteMeters meters, long last) {
        this.tables = tables;
        this.sinks = sinks;
        this.meters = meters;
        tables.dispatched(last);
    }

    @Override
    public Future<?> start() {
        return new Channel<>(vertx, Addresses.JOURNAL_APPENDED, Appended.class).consume(appended -> {
            try {
                dispatch(appended);
            } finally {
                appended.dispatched().run();
            }
        });
    }

    /** Routes by another table from the next event on: none lies between the two. */
    public Future<Void> take(RuleTable next) {
        Promise<Void> taken = Promise.promise();
        context.runOnContext(now -> {
            tables.take(next);
            taken.complete();
        });
        return taken.future();
    }

    private void dispatch(Appended appended) {
        RuleTable now = tables.now();
        tables.dispatched(appended.lastId());
        Map<String, List<Delivery>> parts = new HashMap<>();
        Map<Decision, Integer> decisions = new IdentityHashMap<>();
        for (JournaledEvent event : appended.events()) {
            Decision decision = now.match(event.event());
            decisions.merge(decision, 1, Integer::sum);
            decision.sinks()
                    .forEach((sink, route) -> parts.computeIfAbsent(sink, name -> new ArrayList<>())
                            .add(new Delivery(event, route)));
            for (Route quieted : now.inhibits(event.event())) {
                for (String sink : quieted.to()) {
                    parts.computeIfAbsent(sink, name -> new ArrayList<>()).add(Delivery.mark(event, quieted.name()));
                }
            }
        }
        decisions.forEach(this::count);
        for (String sink : sinks.get()) {
            // A sink hears of every stretch, also of one that holds nothing for it: its place moves on.
            channel(sink)
                    .send(new SinkBatch(appended.firstId(), appended.lastId(), parts.getOrDefault(sink, List.of())));
        }
    }

    private void count(Decision decision, int events) {
        decision.routes().forEach(route -> meters.matched(route, events));
        meters.unrouted(decision.unrouted() ? events : 0);
    }

    private Channel<SinkBatch> channel(String sink) {
        return channels.computeIfAbsent(sink, name -> new Channel<>(vertx, Addresses.sink(name), SinkBatch.class));
    }
}
