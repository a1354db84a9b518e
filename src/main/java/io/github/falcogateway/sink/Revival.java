package io.github.falcogateway.sink;

import io.github.falcogateway.journal.DeadLetter;
import io.github.falcogateway.journal.Limit;
import io.github.falcogateway.journal.Store;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters that are to be sent again, each once however often it was asked; they stay in the store until it is
 * their turn. Confined to one event loop.
 */
final class Revival {

    private final String sink;
    private final Store store;
    private final Accounting accounting;
    /** Their events' places. */
    private final TreeSet<Long> asked = new TreeSet<>();

    Revival(String sink, Store store, Accounting accounting) {
        this.sink = sink;
        this.store = store;
        this.accounting = accounting;
    }

    void put(Collection<Long> ids) {
        asked.addAll(ids);
    }

    boolean isEmpty() {
        return asked.isEmpty();
    }

    /** Sends the next ones; what is refused again stays dead. What stopped it, or null. */
    Future<@Nullable Fault> send(Sink to, Limit limit) {
        return store.dead(sink, asked.first() - 1, limit).compose(page -> {
            List<DeadLetter> batch = page.stream()
                    .filter(letter -> asked.contains(letter.event().id()))
                    .toList();
            // Of those that were asked for, some may have been delivered since.
            long last = page.isEmpty()
                    ? Long.MAX_VALUE
                    : page.get(page.size() - 1).event().id();
            asked.headSet(last, true)
                    .retainAll(batch.stream().map(letter -> letter.event().id()).collect(Collectors.toSet()));
            return batch.isEmpty() ? Future.succeededFuture() : deliver(to, batch);
        });
    }

    private Future<@Nullable Fault> deliver(Sink to, List<DeadLetter> batch) {
        List<Delivery> deliveries = batch.stream()
                .map(letter -> new Delivery(letter.event(), letter.route()))
                .toList();
        return to.deliver(deliveries).compose(outcome -> {
            List<Long> delivered = accounting.revived(batch, outcome);
            batch.subList(0, outcome.done())
                    .forEach(letter -> asked.remove(letter.event().id()));
            return (delivered.isEmpty()
                            ? Future.<Void>succeededFuture()
                            // They stay dead until they survive a power cut.
                            : to.flush().compose(flushed -> store.revived(sink, delivered)))
                    .map(done -> outcome.fault());
        });
    }
}
