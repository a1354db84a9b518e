package io.github.falcogateway.live;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.filter.Filter;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The streams that ask for the same condition: it is asked once per event for all of them. */
final class Audience {

    /** To compress takes as much as to write to about so many streams. */
    private static final int WORTH_PACKING = 16;

    private final @Nullable Filter filter;
    /** Changed by the broadcast alone, guarded by it. */
    private int members;

    private volatile int gzip;
    /** Confined to the broadcast's event loop, as is what follows. */
    private List<Frame> waiting = new ArrayList<>();

    private long bytes;
    private long last;
    private boolean whole = true;

    Audience(@Nullable Filter filter) {
        this.filter = filter;
    }

    /**
     * What came for an audience since the last flush. Immutable.
     *
     * @param bytes of the frames' texts
     * @param most bytes that each stream may have on its way
     * @param last the last frame's place
     * @param packs whether so many streams take gzip that it is to be compressed
     */
    record Batch(List<Frame> frames, long bytes, int most, long last, boolean packs) {

        /** Puts it together, no more than {@code most} bytes in each form; takes a while where it is compressed. */
        Share share(Packer packer) {
            Packed packed = packs ? packer.pack(frames, bytes, most) : null;
            return bytes > most
                    ? new Share(last, List.of(), null, packed)
                    : new Share(last, frames, joined(frames), packed);
        }
    }

    /**
     * What one flush has for an audience. Immutable.
     *
     * @param lastId the last frame's place
     * @param frames none where they are too much for every stream to have a copy on its way
     * @param all the frames one behind the other; null where there are none
     * @param packed the same for streams that take gzip; null where it is to be {@code all}
     */
    record Share(
            long lastId,
            List<Frame> frames,
            @Nullable Buffer all,
            @Nullable Packed packed) {}

    /** Whether it asks for an event. */
    boolean takes(FalcoEvent event) {
        return filter == null || filter.test(event);
    }

    /** Whether it may ask for an event of this outline. */
    boolean mayTake(FalcoEvent outline) {
        return filter == null || filter.rough().test(outline);
    }

    boolean isEverything() {
        return filter == null;
    }

    /** So many streams come, or go where it is less than 0; the streams that are there then. */
    int join(int more, boolean takesGzip) {
        members += more;
        gzip += takesGzip ? more : 0;
        return members;
    }

    /** Adds a frame where somebody can have all that wait: plain no more than these bytes. */
    void add(Frame frame, int most) {
        bytes += frame.text().length();
        last = frame.id();
        if (bytes <= most || whole && gzip >= WORTH_PACKING) {
            waiting.add(frame);
        } else {
            waiting.clear();
            whole = false;
        }
    }

    /** Takes out what waits, of which a stream may have so many bytes on its way; null where nothing does. */
    @Nullable
    Batch take(int most) {
        if (bytes == 0) {
            return null;
        }
        Batch batch = new Batch(waiting, bytes, most, last, whole && gzip >= WORTH_PACKING);
        bytes = 0;
        whole = true;
        waiting = new ArrayList<>();
        return batch;
    }

    private static Buffer joined(List<Frame> frames) {
        if (frames.size() == 1) {
            return frames.get(0).text();
        }
        Buffer all = Buffer.buffer();
        frames.forEach(frame -> all.appendBuffer(frame.text()));
        return all;
    }
}
