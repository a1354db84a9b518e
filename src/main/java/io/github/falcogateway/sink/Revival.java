package io.github.falcogateway.sink;

import io.github.falcogateway.journal.DeadLetter;
import io.github.falcogateway.journal.Limit;
import io.github.falcogateway.journal.Store;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The dead letters that are to be sent again, each once however often it was asked. Confined to one event loop. */
final class Revival {

    /** As many as one request of an operator's asks for. */
    static final int MOST = 1000;

    private final String sink;
    private final Store store;
    private final Accounting accounting;
    private final Map<Long, DeadLetter> waiting = new LinkedHashMap<>();
    private final Set<Long> asked = new HashSet<>();

    Revival(String sink, Store store, Accounting accounting) {
        this.sink = sink;
        this.store = store;
        this.accounting = accounting;
    }

    void put(List<DeadLetter> letters) {
        letters.forEach(letter -> asked.add(letter.event().id()));
    }

    boolean isEmpty() {
        return waiting.isEmpty() && asked.isEmpty();
    }

    /** Sends the next ones; what is refused again stays dead. What stopped it, or null. */
    Future<@Nullable Fault> send(Sink to, Limit limit) {
        return stillDead().compose(done -> waiting.isEmpty() ? Future.succeededFuture() : deliver(to, limit));
    }

    /** Of those that were asked for, some may have been delivered since. */
    private Future<Void> stillDead() {
        if (asked.isEmpty()) {
            return Future.succeededFuture();
        }
        Set<Long> wanted = Set.copyOf(asked);
        asked.clear();
        return store.dead(sink, MOST).map(dead -> {
            dead.stream()
                    .filter(letter -> wanted.contains(letter.event().id()))
                    .forEach(letter -> waiting.putIfAbsent(letter.event().id(), letter));
            return null;
        });
    }

    private Future<@Nullable Fault> deliver(Sink to, Limit limit) {
        List<DeadLetter> batch =
                limit.first(waiting.values(), letter -> letter.event().json().length);
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
