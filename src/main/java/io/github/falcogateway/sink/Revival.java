package io.github.falcogateway.sink;

import io.github.falcogateway.journal.DeadLetter;
import io.github.falcogateway.journal.Store;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The dead letters that are to be sent again, each once however often it was asked. Confined to one event loop. */
final class Revival {

    private final String sink;
    private final Store store;
    private final Accounting accounting;
    private final Map<Long, DeadLetter> waiting = new LinkedHashMap<>();

    Revival(String sink, Store store, Accounting accounting) {
        this.sink = sink;
        this.store = store;
        this.accounting = accounting;
    }

    void put(List<DeadLetter> letters) {
        letters.forEach(letter -> waiting.putIfAbsent(letter.event().id(), letter));
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Sends the next ones; what is refused again stays dead. What stopped it, or null. */
    Future<@Nullable Fault> send(Sink to, int max) {
        List<DeadLetter> batch = waiting.values().stream().limit(max).toList();
        List<Delivery> deliveries = batch.stream()
                .map(letter -> new Delivery(letter.event(), letter.route()))
                .toList();
        return to.deliver(deliveries).compose(outcome -> {
            List<Long> delivered = accounting.revived(batch, outcome);
            batch.subList(0, outcome.done())
                    .forEach(letter -> waiting.remove(letter.event().id()));
            return (delivered.isEmpty() ? Future.<Void>succeededFuture() : store.revived(sink, delivered))
                    .map(done -> outcome.fault());
        });
    }
}
