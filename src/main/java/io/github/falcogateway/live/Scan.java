package io.github.falcogateway.live;

import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.journal.History;
import io.github.falcogateway.journal.Limit;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.function.Consumer;

/** One walk back through the events that are asked for, bounded. Confined to one request. */
final class Scan {

    private static final int PAGE = 500;

    private final History history;
    private final Query query;
    private final int maxRead;
    private long before;
    private long bytes;
    private int read;
    private boolean complete;

    /**
     * A walk.
     *
     * @param before the place after the first event wanted
     * @param maxRead the most events it reads
     */
    Scan(History history, Query query, long before, int maxRead) {
        this.history = history;
        this.query = query;
        this.before = before;
        this.maxRead = maxRead;
    }

    /** Goes on to the end; each event that is asked for is handed over newest first. */
    Future<Scan> all(Consumer<JournaledEvent> each) {
        return next(new Limit(Integer.MAX_VALUE, Long.MAX_VALUE), each);
    }

    /** Goes on until so many more were found, or so many bytes of them, or to the end. */
    Future<Scan> next(Limit limit, Consumer<JournaledEvent> each) {
        Promise<Scan> done = Promise.promise();
        bytes = limit.bytes();
        page(limit.events(), each, done);
        return done.future();
    }

    private void page(int wanted, Consumer<JournaledEvent> each, Promise<Scan> done) {
        int page = Math.min(maxRead - read, query.exact() ? Math.min(PAGE, wanted) : PAGE);
        if (complete || wanted <= 0 || bytes <= 0 || page <= 0) {
            done.complete(this);
            return;
        }
        history.find(query.search(), before, page)
                .compose(ids -> history.read(ids).map(events -> {
                    // What is not there may be gone, or was too much to read at once.
                    boolean all = events.isEmpty() || last(events) == ids.get(ids.size() - 1);
                    complete = all && ids.size() < page;
                    int found = take(events, wanted, each);
                    if (events.isEmpty() && !ids.isEmpty()) {
                        before = ids.get(ids.size() - 1);
                    }
                    return wanted - found;
                }))
                .onSuccess(left -> page(left, each, done))
                .onFailure(done::tryFail);
    }

    private int take(List<JournaledEvent> events, int wanted, Consumer<JournaledEvent> each) {
        int found = 0;
        for (JournaledEvent event : events) {
            read++;
            before = event.id();
            if (query.takes(event.event())) {
                each.accept(event);
                bytes -= event.json().length;
                if (++found == wanted || bytes <= 0) {
                    complete &= event.id() == last(events);
                    break;
                }
            }
        }
        return found;
    }

    private static long last(List<JournaledEvent> events) {
        return events.get(events.size() - 1).id();
    }

    /** The place to go on before. */
    long before() {
        return before;
    }

    /** How many events were read. */
    int read() {
        return read;
    }

    /** Whether it came to the end of what was asked for. */
    boolean isComplete() {
        return complete;
    }
}
