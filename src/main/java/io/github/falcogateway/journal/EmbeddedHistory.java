package io.github.falcogateway.journal;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.event.JournaledEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The history of the journal on the local disk, on a thread of its own. Thread-safe. */
final class EmbeddedHistory implements History {

    private static final int PAGE = 1000;

    private final SegmentFiles files;
    private final Tail tail;
    private final JournalIndex index;
    private final Held held;
    private final Supplier<JournalState> state;
    private final WorkerExecutor thread;
    private volatile boolean closing;

    EmbeddedHistory(Vertx vertx, EmbeddedJournal.Parts parts, Held held, Supplier<JournalState> state) {
        this.files = parts.files();
        this.tail = parts.tail();
        this.index = parts.index();
        this.held = held;
        this.state = state;
        this.thread = vertx.createSharedWorkerExecutor("journal-history", 1);
        index.onWhole(block -> thread.executeBlocking(() -> {
            index.write(block);
            return block;
        }));
    }

    /** Makes what the index lacks, newest first, a block at a time. */
    void warm() {
        warm(IndexBlock.base(state.get().lastId()));
    }

    private void warm(long base) {
        if (!closing && base + IndexBlock.SIZE > state.get().firstId()) {
            thread.executeBlocking(() -> index.prepare(base), false).onSuccess(done -> warm(base - IndexBlock.SIZE));
        }
    }

    @Override
    public Future<List<Long>> find(Search search, long beforeId, int max) {
        return thread.executeBlocking(
                () -> {
                    JournalState now = state.get();
                    long before = Math.min(beforeId, now.lastId() + 1);
                    List<Long> found = new ArrayList<>();
                    Inquiry inquiry = new Inquiry(search);
                    long base = IndexBlock.base(before - 1);
                    while (found.size() < max && before > now.firstId() && base + IndexBlock.SIZE > now.firstId()) {
                        if (index.mayHold(base, inquiry)) {
                            index.block(base).find(inquiry, before, max, found);
                        }
                        base -= IndexBlock.SIZE;
                    }
                    found.removeIf(id -> id < now.firstId());
                    return found;
                },
                false);
    }

    @Override
    public Future<List<JournaledEvent>> readAfter(long afterId, Limit limit) {
        List<JournaledEvent> recent = tail.after(afterId, limit);
        if (recent != null) {
            return Future.succeededFuture(recent);
        }
        return thread.executeBlocking(() -> held.after(afterId, limit, page -> files.pastAfter(afterId, page)), false);
    }

    @Override
    public Future<List<JournaledEvent>> read(List<Long> ids) {
        return thread.executeBlocking(
                () -> {
                    Page page = new Page(Limit.of(ids.size()));
                    Map<Long, JournaledEvent> here = new HashMap<>();
                    held.all().forEach(event -> here.put(event.id(), event));
                    ids.stream().filter(here::containsKey).map(here::get).forEach(page::add);
                    files.pastAt(
                            ids.stream().filter(id -> !here.containsKey(id)).toList(), page);
                    return page.events();
                },
                false);
    }

    @Override
    public Future<Long> arrivedBefore(Instant time) {
        return thread.executeBlocking(
                () -> {
                    JournalState now = state.get();
                    long nanos = Outlines.nanos(time);
                    long base = IndexBlock.base(now.firstId());
                    while (base <= now.lastId() && index.arrived(base) < nanos) {
                        base += IndexBlock.SIZE;
                    }
                    if (base > now.lastId()) {
                        return now.lastId();
                    }
                    return arrivedBefore(time, Math.max(index.block(base).arrivedFrom(nanos), now.firstId() - 1));
                },
                false);
    }

    /** The same by reading what comes after a place. */
    private long arrivedBefore(Instant time, long after) throws IOException {
        long place = after;
        while (true) {
            long from = place;
            List<JournaledEvent> next = held.after(from, Limit.of(PAGE), page -> files.pastAfter(from, page));
            for (JournaledEvent event : next) {
                if (!event.event().arrival().isBefore(time)) {
                    return place;
                }
                place = event.id();
            }
            if (next.isEmpty()) {
                return place;
            }
        }
    }

    @Override
    public Future<@Nullable Span> span(Search search) {
        return thread.executeBlocking(
                () -> {
                    JournalState now = state.get();
                    Inquiry inquiry = new Inquiry(search);
                    long newest = IndexBlock.base(now.lastId());
                    // Events mostly come in the order of their times: between the newest and the oldest block no other
                    // adds.
                    Span span = index.widened(Span.NONE, newest, inquiry, now.firstId());
                    for (long base = IndexBlock.base(now.firstId()); base < newest; base += IndexBlock.SIZE) {
                        span = index.widened(span, base, inquiry, now.firstId());
                    }
                    return span.equals(Span.NONE) ? null : span;
                },
                false);
    }

    @Override
    public Future<Void> tally(Search search, Function<FalcoEvent, @Nullable Tally> tallies) {
        return thread.executeBlocking(
                () -> {
                    JournalState now = state.get();
                    Inquiry inquiry = new Inquiry(search, tallies);
                    long base = IndexBlock.base(now.firstId());
                    for (; base <= now.lastId(); base += IndexBlock.SIZE) {
                        if (index.mayHold(base, inquiry)) {
                            index.block(base).tally(inquiry, now.firstId());
                        }
                    }
                    return null;
                },
                false);
    }

    /** Done once nothing of it runs any more: an index that is being written must not appear in a folder that is let go. */
    Future<Void> close() {
        closing = true;
        return thread.executeBlocking(() -> null, false)
                .eventually(thread::close)
                .mapEmpty();
    }
}
