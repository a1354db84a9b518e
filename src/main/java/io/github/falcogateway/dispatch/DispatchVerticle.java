package io.github.falcogateway.dispatch;

import io.github.falcogateway.bus.Addresses;
import io.github.falcogateway.bus.Appended;
import io.github.falcogateway.bus.Channel;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.rule.Decision;
import io.github.falcogateway.rule.RuleTable;
import io.github.falcogateway.sink.Delivery;
import io.github.falcogateway.sink.SinkBatch;
import io.github.falcogateway.telemetry.RouteMeters;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Takes what the journal has newly taken, asks the rule table once per event, and tells each sink its part. Confined
 * to one event loop.
 */
public final class DispatchVerticle extends VerticleBase {

    private final Supplier<RuleTable> table;
    private final Supplier<Set<String>> sinks;
    private final RouteMeters meters;
    private final Map<String, Channel<SinkBatch>> channels = new HashMap<>();

    /**
     * A dispatch.
     *
     * @param table the rule table of now
     * @param sinks the names of the sinks of now
     */
    public DispatchVerticle(Supplier<RuleTable> table, Supplier<Set<String>> sinks, RouteMeters meters) {
        this.table = table;
        this.sinks = sinks;
        this.meters = meters;
    }

    @Override
    public Future<?> start() {
        return new Channel<>(vertx, Addresses.JOURNAL_APPENDED, Appended.class).consume(this::dispatch);
    }

    private void dispatch(Appended appended) {
        RuleTable now = table.get();
        Map<String, List<Delivery>> parts = new HashMap<>();
        for (JournaledEvent event : appended.events()) {
            Decision decision = now.match(event.event());
            count(decision);
            decision.sinks()
                    .forEach((sink, route) -> parts.computeIfAbsent(sink, name -> new ArrayList<>())
                            .add(new Delivery(event, route)));
        }
        for (String sink : sinks.get()) {
            // A sink hears of every stretch, also of one that holds nothing for it: its place moves on.
            channel(sink)
                    .send(new SinkBatch(appended.firstId(), appended.lastId(), parts.getOrDefault(sink, List.of())));
        }
    }

    private void count(Decision decision) {
        decision.routes().forEach(meters::matched);
        if (decision.unrouted()) {
            meters.unrouted();
        }
    }

    private Channel<SinkBatch> channel(String sink) {
        return channels.computeIfAbsent(sink, name -> new Channel<>(vertx, Addresses.sink(name), SinkBatch.class));
    }
}
