package io.github.falcogateway.live;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.journal.Journal;
import io.github.falcogateway.journal.Limit;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/**
 * Reads the journal for streams that are behind. Many resume at once, from places that are near each other: the pages
 * read last are kept a while. Thread-safe.
 */
final class Replay {

    private static final int PAGE = 64;
    private static final Limit LIMIT = new Limit(PAGE, 256 << 10);
    private static final long PAGES_BYTES = 4 << 20;
    private static final long FRAMES_BYTES = 2 << 20;
    private static final Duration KEPT = Duration.ofSeconds(10);

    private final Journal journal;
    /** By the place after which they begin. */
    private final AsyncCache<Long, List<JournaledEvent>> pages = Caffeine.newBuilder()
            .maximumWeight(PAGES_BYTES)
            .weigher((Long after, List<JournaledEvent> page) -> bytes(page))
            .expireAfterWrite(KEPT)
            .buildAsync();

    /** Streams that are behind are so at nearly the same place. */
    private final Cache<Long, Frame> frames = Caffeine.newBuilder()
            .maximumWeight(FRAMES_BYTES)
            .weigher((Long id, Frame frame) -> frame.text().length())
            .expireAfterWrite(KEPT)
            .build();

    Replay(Journal journal) {
        this.journal = journal;
    }

    /** Some of the next events after a place; empty at the end. */
    Future<List<JournaledEvent>> after(long id) {
        long from = id / PAGE * PAGE;
        if (journal.lastId() < from + PAGE) {
            return journal.history().readAfter(id, LIMIT);
        }
        return page(from).compose(page -> {
            List<JournaledEvent> rest =
                    page.stream().filter(event -> event.id() > id).toList();
            // It may have been too much to read at once: what follows is another page.
            return rest.isEmpty() ? page(id) : Future.succeededFuture(rest);
        });
    }

    private Future<List<JournaledEvent>> page(long after) {
        return Future.fromCompletionStage(pages.get(
                after,
                (place, executor) -> journal.history()
                        .readAfter(place, LIMIT)
                        .toCompletionStage()
                        .toCompletableFuture()));
    }

    /** An event as streams tell it. */
    Frame frame(JournaledEvent event) {
        return frames.get(event.id(), first -> Frame.of(event));
    }

    private static int bytes(List<JournaledEvent> page) {
        return page.stream().mapToInt(event -> event.json().length).sum();
    }
}
