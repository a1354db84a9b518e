package io.github.falcogateway.app;

import io.github.falcogateway.journal.Journal;
import io.github.falcogateway.journal.Limit;
import io.github.falcogateway.journal.Store;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sinks that the last run had and the configuration of this one has not. Their places hold old segments until {@code
 * keep.size} takes them, and a sink of that name would send a month of old alarms some day. But a start with the wrong file is
 * to cost nobody an alarm: a place is kept for a week of events, as Kafka keeps that of a group of consumers.
 *
 * @see <a href="https://kafka.apache.org/documentation/#brokerconfigs_offsets.retention.minutes">Kafka</a>
 */
final class FormerSinks {

    private static final Logger LOG = LoggerFactory.getLogger(FormerSinks.class);
    private static final Duration KEPT = Duration.ofDays(7);

    private FormerSinks() {}

    /** Forgets those whose next event came in more than a week before {@code now}. A disk that refuses is not waited for. */
    static Future<Void> forget(Store store, Journal journal, Set<String> configured, Instant now) {
        List<Future<Void>> all = new ArrayList<>();
        store.cursors().forEach((sink, place) -> {
            if (!configured.contains(sink)) {
                all.add(journal.readAfter(place, Limit.of(1))
                        .compose(next -> {
                            long behind = Math.max(0, journal.lastId() - place);
                            if (next.isEmpty() || next.get(0).event().arrival().isAfter(now.minus(KEPT))) {
                                LOG.warn(
                                        "sink {} is not configured any more: its place, {} events before the journal's end, is kept for now",
                                        sink,
                                        behind);
                                return Future.succeededFuture();
                            }
                            LOG.warn(
                                    "sink {} is not configured any more: its place, {} events before the journal's end, is forgotten",
                                    sink,
                                    behind);
                            return store.forget(sink);
                        })
                        .onFailure(bad ->
                                LOG.error("the place of sink {} could not be forgotten: {}", sink, bad.toString())));
            }
        });
        return Future.join(all).mapEmpty();
    }
}
