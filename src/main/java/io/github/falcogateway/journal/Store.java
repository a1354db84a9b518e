package io.github.falcogateway.journal;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** The small durable state beside the log: how far each sink is, its dead letters, and the quarantine. Thread-safe. */
public interface Store {

    /** The place each sink has come to, by sink name, as of now. */
    Map<String, Long> cursors();

    /** Keeps a sink's place, and with it what it gave up on, in one transaction. */
    Future<Void> commit(String sink, long id, List<DeadLetter> dead);

    /** Forgets the place of a sink that is configured no more, so that it holds nothing back. */
    Future<Void> forget(String sink);

    /** The oldest dead letters of a sink. */
    Future<List<DeadLetter>> dead(String sink, int max);

    /** Takes dead letters away that were delivered after all. */
    Future<Void> revived(String sink, List<Long> ids);

    /** Keeps something rejected; bounded, the oldest go. */
    void quarantine(Rejected rejected);

    /** The newest rejected things, newest first. */
    Future<List<Rejected>> rejected(int max);

    /** Writes what waits and ends. */
    Future<Void> close();
}
