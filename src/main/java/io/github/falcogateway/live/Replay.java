package io.github.falcogateway.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.journal.Journal;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/**
 * Reads the journal for streams that are behind. Many resume at once, from places that are near each other: the pages
 * read last are kept a while. Thread-safe.
 */
final class Replay {

    private static final int PAGE = 64;
    private static final int PAGES = 64;
    private static final int FRAMES = 512;
    private static final Duration KEPT = Duration.ofSeconds(10);

    private final Journal journal;
    private final Cache<Long, Future<List<JournaledEvent>>> pages =
            Caffeine.newBuilder().maximumSize(PAGES).expireAfterWrite(KEPT).build();

    /** Streams that are behind are so at nearly the same place. */
    private final Cache<Long, Frame> frames =
            Caffeine.newBuilder().maximumSize(FRAMES).expireAfterWrite(KEPT).build();

    Replay(Journal journal) {
        this.journal = journal;
    }

    /** Some of the next events after a place; empty at the end. */
    Future<List<JournaledEvent>> after(long id) {
        long page = id / PAGE;
        long from = page * PAGE;
        if (journal.state().lastId() < from + PAGE) {
            return journal.history().readAfter(id, PAGE);
        }
        Future<List<JournaledEvent>> read =
                pages.get(page, missing -> journal.history().readAfter(from, PAGE));
        if (read.failed()) {
            pages.invalidate(page);
        }
        return read.map(
                events -> events.stream().filter(event -> event.id() > id).toList());
    }

    /** An event as streams tell it. */
    Frame frame(JournaledEvent event) {
        return frames.get(event.id(), first -> Frame.of(event));
    }
}
