package io.github.falcogateway.sink;

import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.journal.Limit;
import io.github.falcogateway.rule.Route;
import io.github.falcogateway.rule.RuleTable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Reads from the journal what a sink missed, routed by the table of its time. Confined to one event loop. */
record Catchup(String sink, SinkContext on, boolean people) {

    private static final Limit PAGE = Limit.of(500);
    /** Until it looks again where the dispatch is behind the journal, which it is for moments. */
    private static final long DISPATCH_MS = 10;

    /** Puts the next stretch of the journal into the backlog, enough for a batch. */
    Future<Void> read(Backlog backlog, Limit batch) {
        // As of before the reading: what is appended meanwhile is not gone because this reading does not have it.
        long end = on.journal().lastId();
        // What is behind this may be routed by another table than the one there is now: to a sink that has passed it.
        long certain = on.table().certain();
        if (end > certain && backlog.seen() >= certain) {
            // Reading again and again would take the processor that the dispatch needs.
            return Vertx.currentContext()
                    .owner()
                    .timer(DISPATCH_MS, TimeUnit.MILLISECONDS)
                    .mapEmpty();
        }
        return on.journal().readAfter(backlog.seen(), PAGE.or(batch)).map(page -> {
            if (page.isEmpty()) {
                backlog.reachedEnd(end);
                return null;
            }
            List<Delivery> deliveries = new ArrayList<>();
            long seen = backlog.seen();
            for (JournaledEvent event : page) {
                if (event.id() > certain) {
                    break;
                }
                seen = event.id();
                RuleTable table = on.table().at(event.id());
                String route = table.match(event.event()).sinks().get(sink);
                if (route != null) {
                    deliveries.add(new Delivery(event, route));
                }
                if (people) {
                    mark(table, event, deliveries);
                }
            }
            backlog.fill(deliveries, seen);
            return null;
        });
    }

    private void mark(RuleTable table, JournaledEvent event, List<Delivery> deliveries) {
        for (Route quieted : table.inhibits(event.event())) {
            if (quieted.to().contains(sink)) {
                deliveries.add(Delivery.mark(event, quieted.name()));
            }
        }
    }
}
