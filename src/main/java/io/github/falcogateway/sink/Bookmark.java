package io.github.falcogateway.sink;

import io.github.falcogateway.journal.DeadLetter;
import io.github.falcogateway.journal.JournalState;
import io.github.falcogateway.journal.Store;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a sink's place in the store, a few times a second at most, and less often where many notes belong to it. Confined to
 * one event loop.
 */
final class Bookmark {

    private static final Logger LOG = LoggerFactory.getLogger(Bookmark.class);
    private static final long STORE_MS = 2000;
    private static final long EVERY_NANOS = 250_000_000;
    /** A note costs about ten microseconds to keep: so that all of them take a twentieth of a processor. */
    private static final long NOTE_NANOS = 200_000;

    private static final long SELDOM_NANOS = 2_000_000_000;

    private final String sink;
    private final Store store;
    private final List<DeadLetter> unsaved = new ArrayList<>();
    /** What could not be saved with a place before; with the next place it must be, which is past the events of it. */
    private final Map<String, Buffer> unsavedNotes = new HashMap<>();

    private long committed;
    /** What was delivered up to here survives a power cut. */
    private long flushed;

    private long savedAt;
    private long pause = EVERY_NANOS;
    /** The notes that are on their way to the store, the oldest first. */
    private final List<Map<String, Buffer>> onTheWay = new ArrayList<>(1);

    private boolean forgotten;

    private Future<Void> flushing = Future.succeededFuture();
    private Future<Void> last = Future.succeededFuture();

    Bookmark(String sink, Store store) {
        this.sink = sink;
        this.store = store;
    }

    /**
     * Begins at the place that the store has, a new sink at the journal's end: nobody wants a month of old alarms in a
     * new channel, but not beyond the events that are routed, since a later one may be routed to it. Where the store lost
     * its places, at the oldest event: an event that comes twice is better than none.
     *
     * @param its told where it goes on, where the store knows
     * @param certain the last event that is routed
     * @return whether the store has one
     */
    boolean begin(Sink its, JournalState journal, long certain) {
        Long kept = store.cursors().get(sink);
        long newest = Math.min(journal.lastId(), certain);
        committed = kept != null ? kept : store.isNew() ? journal.firstId() - 1 : newest;
        flushed = committed;
        if (kept != null) {
            its.goOn(kept);
        }
        return kept != null;
    }

    long place() {
        return committed;
    }

    /** What was delivered and is lost by this comes again, if something is. */
    void rewind(Backlog backlog, Throwable cause) {
        if (cause instanceof UnsyncedException) {
            backlog.moveTo(Math.min(backlog.cursor(), flushed));
        }
    }

    /** Whether a place is on its way to the store: while that cannot write, one is enough. */
    boolean isBusy() {
        return !onTheWay.isEmpty();
    }

    /** Adds what died since; whether it is time to save. */
    boolean add(List<DeadLetter> dead) {
        unsaved.addAll(dead);
        return !unsaved.isEmpty() || System.nanoTime() - savedAt >= pause;
    }

    /** How long after a save with so many notes the next one may wait; what came meanwhile comes again after a crash. */
    static long pauseNanos(int notes) {
        return Math.min(SELDOM_NANOS, Math.max(EVERY_NANOS, notes * NOTE_NANOS));
    }

    boolean isSaved(long place) {
        return place == committed && unsaved.isEmpty() && unsavedNotes.isEmpty();
    }

    /** A disk that refuses must not keep the gateway from starting, ending or telling people. */
    static Future<Void> briefly(Future<Void> saved) {
        return saved.timeout(STORE_MS, TimeUnit.MILLISECONDS).otherwiseEmpty();
    }

    /** Saves a place and what belongs to it, once what was delivered survives a power cut. */
    Future<Void> save(long place, Map<String, Buffer> notes, Future<Void> flush) {
        List<DeadLetter> dead = List.copyOf(unsaved);
        unsaved.clear();
        Map<String, Buffer> all = new HashMap<>(unsavedNotes);
        all.putAll(notes);
        unsavedNotes.clear();
        committed = place;
        savedAt = System.nanoTime();
        pause = pauseNanos(all.size());
        onTheWay.add(all);
        // A stop does not wait for the place before, which must not come after its own.
        flushing = flushing.transform(before -> flush);
        Future<Void> saved = flushing.onSuccess(done -> flushed = place)
                .compose(done -> forgotten ? Future.succeededFuture() : store.commit(sink, place, dead, all))
                .onComplete(done -> onTheWay.removeIf(these -> these == all))
                .onFailure(cause -> {
                    // The place stays where it was: what follows it comes again after a restart.
                    committed = -1;
                    unsaved.addAll(dead);
                    all.forEach(this::again);
                    LOG.error("sink {}: its place could not be kept: {}", sink, cause.toString());
                });
        last = last.transform(before -> saved.otherwiseEmpty());
        return saved;
    }

    /** Done once no place is on its way to the store, however long its disk takes. */
    Future<Void> idle() {
        return last;
    }

    /** Takes its place away for good; where the disk refuses for longer than a moment, it is done once it does not. */
    Future<Void> forget() {
        // What waits for the sink's own disk must not come after it.
        forgotten = true;
        return store.forget(sink)
                .timeout(STORE_MS, TimeUnit.MILLISECONDS)
                .onFailure(late -> LOG.warn(
                        "sink {} is taken away; its place is forgotten once the state of the sinks can be written, and is"
                                + " there again where the gateway ends before",
                        sink))
                .otherwiseEmpty();
    }

    /** A note goes with the next place, unless a newer one is on its way or waits. */
    private void again(String name, Buffer note) {
        if (onTheWay.stream().noneMatch(notes -> notes.containsKey(name))) {
            unsavedNotes.putIfAbsent(name, note);
        }
    }
}
