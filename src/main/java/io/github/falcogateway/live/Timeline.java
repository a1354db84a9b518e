package io.github.falcogateway.live;

import io.github.falcogateway.journal.Journal;
import io.vertx.core.Future;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Finds the place in the journal that somebody means: an id, a time, or how long ago. */
final class Timeline {

    private Timeline() {}

    /**
     * The place after which to begin.
     *
     * @param asked an id, a time as {@link Query#time} reads it; null or blank for the newest place
     * @return fails where the text is none of these
     */
    static Future<Long> place(Journal journal, @Nullable String asked, long latest) {
        if (asked == null || asked.isBlank()) {
            return Future.succeededFuture(latest);
        }
        if (asked.matches("\\d{1,18}") && !asked.matches("\\d{9,11}")) {
            return Future.succeededFuture(Long.parseLong(asked));
        }
        if (asked.matches("\\d{9,11}") && Long.parseLong(asked) <= latest) {
            return Future.succeededFuture(Long.parseLong(asked));
        }
        try {
            Instant since = Query.time(asked, Instant.now());
            long first = journal.state().firstId();
            return since == null ? Future.succeededFuture(latest) : before(journal, since, first - 1, latest);
        } catch (IllegalArgumentException none) {
            return Future.failedFuture(none);
        }
    }

    /** The last place whose event came before a time, by halving: arrivals rise with the ids. */
    private static Future<Long> before(Journal journal, Instant since, long low, long high) {
        if (low >= high) {
            return Future.succeededFuture(low);
        }
        long middle = low + (high - low) / 2;
        return journal.readAfter(middle, 1).compose(next -> {
            boolean tooOld = !next.isEmpty() && Query.arrival(next.get(0)).isBefore(since);
            return tooOld ? before(journal, since, middle + 1, high) : before(journal, since, low, middle);
        });
    }
}
