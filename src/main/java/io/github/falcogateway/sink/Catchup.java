package io.github.falcogateway.sink;

import io.github.falcogateway.event.JournaledEvent;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Reads from the journal what a sink missed, routed by the table of its time. Confined to one event loop. */
record Catchup(String sink, SinkContext on) {

    /** Puts the next stretch of the journal into the backlog. */
    Future<Void> read(Backlog backlog, int max) {
        return on.journal().readAfter(backlog.seen(), max).map(page -> {
            if (page.isEmpty()) {
                backlog.reachedEnd(on.journal().state().lastId());
                return null;
            }
            List<Delivery> deliveries = new ArrayList<>();
            for (JournaledEvent event : page) {
                String route =
                        on.table().at(event.id()).match(event.event()).sinks().get(sink);
                if (route != null) {
                    deliveries.add(new Delivery(event, route));
                }
            }
            backlog.fill(deliveries, page.get(page.size() - 1).id());
            return null;
        });
    }
}
