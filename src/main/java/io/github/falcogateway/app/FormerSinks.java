package io.github.falcogateway.app;

import io.github.falcogateway.journal.Journal;
import io.github.falcogateway.journal.Store;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sinks that the last run had and the configuration of this one has not. None goes on from their places: these would hold
 * old segments until {@code keep.size} takes them, and a sink of that name would send a month of old alarms some day.
 */
final class FormerSinks {

    private static final Logger LOG = LoggerFactory.getLogger(FormerSinks.class);

    private FormerSinks() {}

    /** Forgets them as a reload does, which has them deliver first. A disk that refuses is not waited for. */
    static void forget(Store store, Journal journal, Set<String> configured) {
        store.cursors().forEach((sink, place) -> {
            if (!configured.contains(sink)) {
                LOG.warn(
                        "sink {} is not configured any more: its place is forgotten, {} events before the journal's end",
                        sink,
                        Math.max(0, journal.lastId() - place));
                store.forget(sink)
                        .onFailure(bad ->
                                LOG.error("the place of sink {} could not be forgotten: {}", sink, bad.toString()));
            }
        });
    }
}
