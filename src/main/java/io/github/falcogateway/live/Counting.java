package io.github.falcogateway.live;

import io.github.falcogateway.journal.History;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Counts events: out of the index where outlines are enough, else by reading the newest. Thread-safe. */
final class Counting {

    /** One request reads no further than this. */
    private static final int MAX_READ = 300_000;

    private final History history;

    Counting(History history) {
        this.history = history;
    }

    /**
     * What was counted.
     *
     * @param read how many events had to be read
     * @param complete whether it is all that was asked for
     */
    record Counted(Aggregate counts, int read, boolean complete) {

        /** {@code {scanned, complete}}. */
        JsonObject ended() {
            return new JsonObject().put("scanned", read).put("complete", complete);
        }
    }

    Future<Counted> count(Query query, Aggregate counts) {
        if (query.exact() && counts.outlined()) {
            return history.tally(query.search(), counts::tally).map(done -> new Counted(counts, 0, true));
        }
        return new Scan(history, query, Long.MAX_VALUE, MAX_READ)
                .all(event -> counts.add(event.event(), event.id()))
                .map(scan -> new Counted(counts, scan.read(), scan.isComplete()));
    }

    /** From the first to the last event that may be asked for, within what is asked for; null where there is none. */
    Future<@Nullable TimeSpan> span(Query query, int parts) {
        return history.span(query.search())
                .map(span -> span == null
                        ? null
                        : new TimeSpan(end(query.since(), span.earliest()), end(query.until(), span.latest()), parts));
    }

    private static long end(@Nullable Instant asked, long found) {
        return asked == null ? found : TimeSpan.nanos(asked);
    }
}
