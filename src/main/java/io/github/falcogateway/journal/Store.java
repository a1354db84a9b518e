package io.github.falcogateway.journal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The small durable state beside the log: how far each sink is, its dead letters, and the quarantine. Thread-safe. */
public interface Store {

    /** Whether it began anew with this process, or lost some of what it had: a place that is not there may have been. */
    boolean isNew();

    /** The sinks have their places: one that is added from now on is a new one. */
    void settle();

    /**
     * The place each sink has come to, by sink name, as the disk has it now; of a sink that it has none of yet the first
     * that is to be kept.
     */
    Map<String, Long> cursors();

    /**
     * Keeps a sink's place, and with it what it gave up on and what else it knows, in one transaction.
     *
     * @param notes by name, an empty one to take it away
     */
    Future<Void> commit(String sink, long id, List<DeadLetter> dead, Map<String, Buffer> notes);

    /** Keeps notes of an owner that has no place. */
    Future<Void> keep(String owner, Map<String, Buffer> notes);

    /** The notes of an owner by name, in the order of the names. */
    Future<Map<String, Buffer>> notes(String owner);

    /**
     * Forgets the place and the notes of a sink that is configured no more, so that it holds nothing back: for whoever asks
     * at once, whatever of it is still on its way; done once the disk has it.
     */
    Future<Void> forget(String sink);

    /**
     * The dead letters of a sink by their events' places.
     *
     * @param afterId the place before the first one wanted; 0 for the oldest
     * @return as many as the limit allows; empty at the end
     */
    Future<List<DeadLetter>> dead(String sink, long afterId, Limit limit);

    /** Hands over the oldest dead letters of a sink, so many at most, without holding them all. */
    default Future<Void> eachDead(String sink, int max, Consumer<DeadLetter> each) {
        return eachDead(sink, 0, max, each);
    }

    private Future<Void> eachDead(String sink, long afterId, int max, Consumer<DeadLetter> each) {
        return dead(sink, afterId, Limit.of(max)).compose(page -> {
            page.forEach(each);
            return page.isEmpty() || page.size() == max
                    ? Future.succeededFuture()
                    : eachDead(sink, page.get(page.size() - 1).event().id(), max - page.size(), each);
        });
    }

    /** Takes dead letters away that were delivered after all. */
    Future<Void> revived(String sink, List<Long> ids);

    /** Keeps something rejected; bounded, the oldest go. */
    Future<Void> quarantine(Rejected rejected);

    /** The newest rejected things, newest first. */
    Future<List<Rejected>> rejected(int max);

    /** Writes what waits and ends. */
    Future<Void> close();
}
