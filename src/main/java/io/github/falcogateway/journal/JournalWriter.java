package io.github.falcogateway.journal;

import io.github.falcogateway.event.JournaledEvent;
import io.github.falcogateway.telemetry.JournalMeters;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits what waits: all of it in one transaction, one sync, then the answers. After a commit that failed the same
 * file is never written again: the kernel may have dropped the pages and forgotten the error, so that the next sync
 * would succeed for nothing. Confined to the writer's thread, but for the volatile fields.
 *
 * @see <a href="https://wiki.postgresql.org/wiki/Fsync_Errors">PostgreSQL: fsync errors</a>
 */
final class JournalWriter {

    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
    private static final long RETRY_NANOS = 1_000_000_000;

    /** Makes a segment; a seam for tests of broken disks. */
    @FunctionalInterface
    interface SegmentMaker {
        Segment create(long firstId) throws SQLException, IOException;
    }

    private final JournalOptions options;
    private final SegmentMaker maker;
    private final SegmentFiles files;
    private final Tail tail;
    private final JournalIndex index;
    private final JournalMeters meters;
    private final List<Consumer<List<JournaledEvent>>> listeners;
    private final Held held = new Held();
    private final FramePacker packer = new FramePacker();
    private final SegmentCloser closer;
    private @Nullable Segment active;
    private long retryAt;
    private volatile String fault = "";
    private volatile long lastId;

    JournalWriter(
            EmbeddedJournal.Parts parts,
            long lastId,
            JournalMeters meters,
            List<Consumer<List<JournaledEvent>>> listeners) {
        this.lastId = lastId;
        this.options = parts.options();
        this.maker = parts.maker();
        this.files = parts.files();
        this.closer = new SegmentCloser(files.writing());
        this.tail = parts.tail();
        this.index = parts.index();
        this.meters = meters;
        this.listeners = listeners;
    }

    /** What keeps events from being durable; empty when nothing does. From any thread. */
    String fault() {
        return fault;
    }

    /** The newest event that can be read. From any thread. */
    long lastId() {
        return lastId;
    }

    /** The events that only memory holds. From any thread. */
    Held held() {
        return held;
    }

    /** Takes appends in their order and answers them. */
    void commit(List<Pending> batch) {
        long begin = System.nanoTime();
        List<JournaledEvent> events = new ArrayList<>();
        batch.forEach(pending -> events.addAll(pending.events()));
        if (fault.isEmpty() && write(events)) {
            meters.appended(System.nanoTime() - begin);
            done(batch, events, true);
        } else {
            hold(batch);
        }
    }

    /** A mistake of our own ends the appends that it came upon, not the thread: all that come after would wait for ever. */
    void refuse(List<Pending> batch, Throwable mistake) {
        LOG.error("journal: an error of the gateway's own, at which {} appends are refused", batch.size(), mistake);
        Segment segment = active;
        if (segment != null && files.writing().unsyncedFrom(segment.firstId()) < Long.MAX_VALUE) {
            // A part of them may be in it.
            abandon(mistake);
        }
        Answers refusals = new Answers();
        for (Pending pending : batch) {
            refusals.add(pending.context(), () -> pending.promise().tryFail(mistake));
        }
        refusals.tell();
    }

    /** What has to be done when nothing comes in: try the disk again. */
    void idle() {
        if (!fault.isEmpty() && System.nanoTime() - retryAt >= 0) {
            recover();
        }
        Segment segment = active;
        if (segment != null && files.writing().isAbandoned(segment.firstId())) {
            leave(segment);
        }
    }

    /** Makes what was written without a sync survive a power cut. */
    void sync() {
        Segment segment = active;
        if (segment == null || !fault.isEmpty()) {
            return;
        }
        try {
            segment.sync();
        } catch (SQLException failed) {
            abandon(failed);
        }
    }

    void close() {
        if (!fault.isEmpty()) {
            recover();
        }
        if (!held.isEmpty()) {
            LOG.error("journal: {} events that only memory held are lost: {}", held.size(), fault);
        }
        if (active != null) {
            leave(active);
        }
        closer.close();
    }

    private boolean write(List<JournaledEvent> events) {
        List<Frame> frames = packer.pack(events);
        try {
            write(frames, frames.get(0).firstId());
            return true;
        } catch (SQLException | IOException failed) {
            abandon(failed);
        }
        try {
            // Once more, on a new file: the old one may be all that is broken.
            write(frames, frames.get(0).firstId());
            return true;
        } catch (SQLException | IOException failed) {
            abandon(failed);
            refused(String.valueOf(failed.getMessage()));
            return false;
        }
    }

    /** Nobody sees them before they are synced: what a power cut can take must not have been delivered. */
    private void write(List<Frame> frames, long firstId) throws SQLException, IOException {
        Segment segment = writable(firstId);
        files.writing().begin(segment.firstId(), firstId);
        segment.write(frames);
        files.writing().end(segment.firstId());
    }

    /** Before anything else, and before the writer's thread runs: why the disk takes nothing, or nothing. */
    void begin(String refusal) {
        if (!refusal.isEmpty()) {
            refused(refusal);
        }
    }

    /** The disk takes nothing now, which is tried again. */
    private void refused(String why) {
        fault = "the disk refuses events: " + why;
        retryAt = System.nanoTime() + RETRY_NANOS;
        LOG.error("journal: {}; {}", fault, options.degrade() ? "memory holds them" : "they are refused");
    }

    private Segment writable(long firstId) throws SQLException, IOException {
        Segment segment = active;
        if (segment != null && (segment.isFull(options) || files.writing().isAbandoned(segment.firstId()))) {
            // With sync: interval nobody comes back to it; closing syncs it only where no reader has it open.
            segment.sync();
            active = null;
            closer.add(segment);
            segment = null;
        }
        if (segment == null) {
            segment = maker.create(firstId);
            active = segment;
            files.writing().use(firstId);
            files.add(firstId, segment.file());
        }
        return segment;
    }

    private void leave(Segment segment) {
        active = null;
        segment.close();
        files.writing().leave(segment.firstId());
    }

    /** The file in use, if there is one, is not written again. */
    private void abandon(Throwable failed) {
        meters.failed();
        Segment segment = active;
        if (segment == null) {
            return;
        }
        LOG.error("journal: {} is not written again: {}", segment.file().getFileName(), failed.getMessage());
        leave(segment);
        if (segment.isEmpty()) {
            files.remove(segment.firstId());
            files.forget(segment.file());
            SegmentFile.deleteQuietly(segment.file());
        }
    }

    private void hold(List<Pending> batch) {
        List<Pending> kept = new ArrayList<>();
        List<JournaledEvent> events = new ArrayList<>();
        Answers refusals = new Answers();
        for (Pending pending : batch) {
            List<JournaledEvent> these = pending.events();
            boolean may = options.degrade() && pending.durability() == Durability.CONFIGURED;
            if (may && held.add(these, options.memoryBytes())) {
                kept.add(pending);
                events.addAll(these);
            } else {
                refusals.add(pending.context(), () -> pending.promise().fail(new NoRoomException(fault)));
            }
        }
        refusals.tell();
        if (!kept.isEmpty()) {
            done(kept, events, false);
        }
    }

    private void recover() {
        retryAt = System.nanoTime() + RETRY_NANOS;
        List<JournaledEvent> events = held.all();
        try {
            if (!events.isEmpty()) {
                List<Frame> frames = packer.pack(events);
                write(frames, frames.get(0).firstId());
            } else {
                probe();
            }
            fault = "";
            held.clear();
            LOG.info("journal: durable again; {} events that memory held are written", events.size());
        } catch (SQLException | IOException failed) {
            abandon(failed);
        }
    }

    /** Without events to write, an empty file is enough to see whether the disk takes any. */
    private void probe() throws SQLException, IOException {
        Segment probe = maker.create(Long.MAX_VALUE);
        probe.close();
        SegmentFile.delete(probe.file());
    }

    private void done(List<Pending> batch, List<JournaledEvent> events, boolean durable) {
        tail.add(events);
        // Before the answers: whoever has sent an event and asks for it finds it.
        index.add(events);
        // Not sooner: whoever reads up to here and finds nothing takes it for gone.
        lastId = events.get(events.size() - 1).id();
        Answers answers = new Answers();
        for (Pending pending : batch) {
            answers.add(pending.context(), () -> pending.promise().complete(pending.receipt(durable)));
        }
        answers.tell();
        for (Consumer<List<JournaledEvent>> listener : listeners) {
            listener.accept(events);
        }
    }
}
