package io.github.falcogateway.sink;

import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.journal.Journal;
import io.vertx.core.Future;
import java.util.List;

/** Makes messages whole whose event is a {@link Gist}, out of the journal. Thread-safe. */
record Recall(Journal journal) {

    /** The same messages; where the journal has an event no more, its gist is told. */
    Future<List<Delivery>> whole(List<Delivery> batch) {
        if (batch.stream().noneMatch(delivery -> Gist.is(delivery.event()))) {
            return Future.succeededFuture(batch);
        }
        List<Future<Delivery>> all = batch.stream().map(this::whole).toList();
        return Future.all(all).map(done -> all.stream().map(Future::result).toList());
    }

    private Future<Delivery> whole(Delivery delivery) {
        JournaledEvent gist = delivery.event();
        if (!Gist.is(gist)) {
            return Future.succeededFuture(delivery);
        }
        return journal.find(gist.id())
                .otherwiseEmpty()
                .map(found ->
                        new Delivery(found == null ? Gist.told(gist) : found, delivery.route(), delivery.summary()));
    }
}
