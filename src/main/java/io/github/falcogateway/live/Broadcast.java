package io.github.falcogateway.live;

import io.github.falcogateway.bus.Addresses;
import io.github.falcogateway.bus.Appended;
import io.github.falcogateway.bus.Channel;
import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.filter.Filter;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks each condition that somebody watches once per event, on an event loop of its own, and hands the streams of all
 * loops what is theirs. Which conditions an outline concerns is remembered: a thousand that each want one host cost an
 * event as much as one. Confined to its event loop, but for {@link #join}, {@link #leave} and {@link #listen}.
 */
public final class Broadcast extends VerticleBase {

    /** More streams are served less often, so that their writes leave room for taking events. */
    private static final int STREAMS_PER_MS = 10;

    private static final int SHORTEST_MS = 10;
    private static final int LONGEST_MS = 200;
    private static final int OUTLINES = 10_000;
    /** What piles up beyond this is left to the journal. */
    private static final int MAX_WAITING = 20_000;

    private static final long MAX_WAITING_BYTES = 8 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Broadcast.class);

    private final Map<String, Audience> audiences = new LinkedHashMap<>();
    private final Map<Context, Consumer<Flush>> feeds = new ConcurrentHashMap<>();
    private volatile List<Audience> now = List.of();
    private volatile int streams;

    private List<Audience> known = List.of();
    private final Map<FalcoEvent, List<Audience>> concerned = new HashMap<>();
    private final Room room = Room.of(this::streams);
    private final Packer packer = new Packer();
    private final List<JournaledEvent> waiting = new ArrayList<>();
    private long waitingBytes;
    private long flushedAt = System.nanoTime();
    private boolean scheduled;
    /** Whether a flush is being compressed: what comes meanwhile waits, so that flushes come one after the other. */
    private boolean packing;

    @Override
    public Future<?> start() {
        return new Channel<>(vertx, Addresses.JOURNAL_APPENDED, Appended.class).consume(this::take);
    }

    /** Hands every flush to a feed, on its own event loop. */
    void listen(Context loop, Consumer<Flush> feed) {
        feeds.put(loop, feed);
    }

    /** A stream has begun to ask for a condition. */
    synchronized Audience join(@Nullable Filter filter, boolean gzip) {
        Audience audience = audiences.computeIfAbsent(key(filter), text -> new Audience(filter));
        if (audience.join(1, gzip) == 1) {
            now = List.copyOf(audiences.values());
        }
        streams++;
        return audience;
    }

    /** A stream has ended. */
    synchronized void leave(@Nullable Filter filter, boolean gzip) {
        Audience audience = audiences.get(key(filter));
        if (audience != null && audience.join(-1, gzip) == 0) {
            audiences.remove(key(filter));
            now = List.copyOf(audiences.values());
        }
        streams--;
    }

    /** What the streams of all loops have together. */
    Room room() {
        return room;
    }

    /** How many streams there are. */
    int streams() {
        return streams;
    }

    private static String key(@Nullable Filter filter) {
        return filter == null ? "" : filter.text();
    }

    private void take(Appended appended) {
        if (now.isEmpty()) {
            clear();
            return;
        }
        if (waiting.size() > MAX_WAITING || waitingBytes > MAX_WAITING_BYTES) {
            // The gap is seen by every stream, which reads it from the journal.
            clear();
        }
        for (JournaledEvent event : appended.events()) {
            waiting.add(event);
            waitingBytes += event.json().length;
        }
        flushInTime();
    }

    private void flushInTime() {
        if (scheduled || packing || waiting.isEmpty()) {
            return;
        }
        long pause = Math.max(SHORTEST_MS, Math.min(LONGEST_MS, streams / STREAMS_PER_MS));
        long due = pause - sinceFlush();
        if (due <= 0) {
            flush();
        } else {
            scheduled = true;
            vertx.setTimer(due, timer -> {
                scheduled = false;
                flush();
            });
        }
    }

    private long sinceFlush() {
        return (System.nanoTime() - flushedAt) / 1_000_000;
    }

    private void flush() {
        if (waiting.isEmpty()) {
            return;
        }
        long pause = sinceFlush();
        flushedAt = System.nanoTime();
        if (known != now) {
            known = now;
            concerned.clear();
        }
        int most = room.each();
        waiting.forEach(event -> share(event, most));
        Map<Audience, Audience.Batch> batches = new HashMap<>();
        for (Audience audience : known) {
            Audience.Batch batch = audience.take(most);
            if (batch != null) {
                batches.put(audience, batch);
            }
        }
        long first = waiting.get(0).id();
        long last = waiting.get(waiting.size() - 1).id();
        clear();
        if (batches.values().stream().anyMatch(Audience.Batch::packs)) {
            pack(pause, () -> Flush.of(first, last, batches, packer));
        } else {
            hand(Flush.of(first, last, batches, packer));
        }
    }

    private void pack(long pause, Supplier<Flush> flush) {
        packing = true;
        packer.begin(pause);
        vertx.executeBlocking(flush::get, false)
                .otherwise(failed -> {
                    LOG.error("what live streams get was not compressed", failed);
                    packer.begin(0);
                    return flush.get();
                })
                .onSuccess(this::hand)
                .onComplete(done -> {
                    packing = false;
                    flushInTime();
                });
    }

    private void hand(Flush flush) {
        feeds.forEach((loop, feed) -> loop.runOnContext(task -> feed.accept(flush)));
    }

    private void clear() {
        waiting.clear();
        waitingBytes = 0;
    }

    private void share(JournaledEvent event, int most) {
        if (concerned.size() > OUTLINES) {
            concerned.clear();
        }
        List<Audience> concerns = concerned.computeIfAbsent(
                event.event().outline(),
                outline -> known.stream()
                        .filter(audience -> audience.mayTake(outline))
                        .toList());
        Frame frame = null;
        for (Audience audience : concerns) {
            if (audience.takes(event.event())) {
                frame = frame == null ? Frame.of(event) : frame;
                audience.add(frame, most);
            }
        }
    }
}
