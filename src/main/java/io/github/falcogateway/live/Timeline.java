package io.github.falcogateway.live;

import io.github.falcogateway.journal.Journal;
import io.vertx.core.Future;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Finds the place in the journal that somebody means: an id, a time, or how long ago. */
final class Timeline {

    private Timeline() {}

    /**
     * The place of an id that a stream was given. However many digits it has, it is no time: the journal that gave it may be
     * gone, and its id would be read as seconds since 1970.
     *
     * @return fails where the text is no id
     */
    static Future<Long> place(String id) {
        return id.matches("\\d{1,18}")
                ? Future.succeededFuture(Long.parseLong(id))
                : Future.failedFuture(new IllegalArgumentException("no id"));
    }

    /**
     * The place after which to begin, for people, who may mean a time by a number.
     *
     * @param asked an id, a time as {@link Query#time} reads it; null or blank for the newest place
     * @return fails where the text is none of these
     */
    static Future<Long> place(Journal journal, @Nullable String asked, long latest) {
        if (asked == null || asked.isBlank()) {
            return Future.succeededFuture(latest);
        }
        // So many digits may be seconds or milliseconds since 1970, where no event has come so far.
        if (asked.matches("\\d{1,18}") && (Long.parseLong(asked) <= latest || !asked.matches("\\d{9,14}"))) {
            return Future.succeededFuture(Long.parseLong(asked));
        }
        try {
            Instant since = Query.time(asked, Instant.now());
            return since == null
                    ? Future.succeededFuture(latest)
                    : journal.history().arrivedBefore(since);
        } catch (IllegalArgumentException none) {
            return Future.failedFuture(none);
        }
    }
}
