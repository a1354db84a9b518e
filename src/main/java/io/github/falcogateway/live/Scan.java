package io.github.falcogateway.live;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.journal.Journal;
import io.vertx.core.Future;
import java.util.function.Consumer;

/** One walk back through the journal, from its end to what was asked for, bounded. Confined to one request. */
final class Scan {

    private static final int PAGE = 1000;
    private static final int MAX_SCANNED = 300_000;

    private final Journal journal;
    private final Query query;
    private final Consumer<FalcoEvent> each;
    private int scanned;
    private boolean complete;

    Scan(Journal journal, Query query, Consumer<FalcoEvent> each) {
        this.journal = journal;
        this.query = query;
        this.each = each;
    }

    Future<Scan> run() {
        return from(Long.MAX_VALUE).map(this);
    }

    int scanned() {
        return scanned;
    }

    /** Whether it came to the end of what was asked for. */
    boolean isComplete() {
        return complete;
    }

    private Future<Void> from(long before) {
        if (scanned >= MAX_SCANNED) {
            return Future.succeededFuture();
        }
        return journal.readBefore(before, PAGE).compose(page -> {
            for (JournaledEvent event : page) {
                if (query.endsAt(event)) {
                    complete = true;
                    return Future.succeededFuture();
                }
                scanned++;
                if (query.takes(event)) {
                    each.accept(event.event());
                }
            }
            if (page.isEmpty()) {
                complete = true;
                return Future.succeededFuture();
            }
            return from(page.get(page.size() - 1).id());
        });
    }
}
